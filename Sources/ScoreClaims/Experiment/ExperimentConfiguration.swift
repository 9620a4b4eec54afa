import OutsideText
public import ScoreCore
public import ScoreLab

/// Everything that decides what an experiment reports; the same values give the same bits.
///
/// ```yaml
/// experiment: outlier_score
/// seed: 7
/// switch_point: 2.326
/// run: {optimizer: {batch: 128}}     # only for experiments that train or sample a run
/// ```
public struct ExperimentConfiguration: ConfigurationSection {
  /// A member of ``ExperimentCatalog`` with its values.
  public private(set) var choice = CatalogChoice(
    ExperimentCatalog.all[0].name, of: ExperimentCatalog.all)
  /// The seed of every random stream.
  public var seed: UInt64 = 7 { didSet { seedRun() } }
  /// The run of an experiment that trains or samples one; its seed is always that of the experiment.
  public var run = RunConfiguration() { didSet { seedRun() } }

  package init() {}

  /// The standard values of an experiment.
  ///
  /// - Precondition: The catalog has the name.
  public init(_ name: String) {
    choice = CatalogChoice(name, of: ExperimentCatalog.all)
    run = experiment.standardRun ?? RunConfiguration()
    seedRun()
  }

  private mutating func seedRun() {
    // Setting it comes here again.
    if run.seed != seed { run.seed = seed }
  }

  package static let fields: [ConfigurationField<Self>] = [
    .member("experiment", "what is measured", \.choice, of: ExperimentCatalog.all),
    .seed("seed", "seed of every random stream", \.seed),
    .section("run", \.run),
  ]

  package static let rootName: String? = "experiment"

  package static func check(
    _ section: Self, reader: ConfigurationReader
  ) throws(ConfigurationError) {
    guard section.experiment.standardRun == nil, reader.has("run") else { return }
    throw reader.error(at: ["run"], "\(section.choice.name) trains and samples no run")
  }

  /// The experiment with its values.
  public var experiment: any Experiment { choice.make(from: ExperimentCatalog.all) }

  /// The parameters of the experiment chosen, for forms.
  public var parameters: [ParameterDescription] {
    ExperimentCatalog.entry(named: choice.name)?.parameters ?? []
  }
}

extension ExperimentConfiguration {
  /// Reads a configuration file; keys that are missing keep the experiment's standard values.
  ///
  /// - Throws: `ConfigurationError` naming the file, the line, the key and what is allowed.
  public static func load(file: String) throws(ConfigurationError) -> Self {
    try parse(text: YAMLNode.text(ofFile: file), file: file)
  }

  /// Reads a configuration from YAML text, which names the experiment.
  ///
  /// - Throws: `ConfigurationError` naming the file, the line, the key and what is allowed.
  public static func parse(text: String, file: String) throws(ConfigurationError) -> Self {
    let names = ExperimentCatalog.names
    let empty = YAMLNode(content: .map([]), line: nil)
    let root = try YAMLNode.compose(text, file: file) ?? empty
    let context = ConfigurationReader.Context(
      file: file, distributions: DistributionCatalog.all)
    var reader = try ConfigurationReader(root, context: context)
    guard let name = try reader.choice("experiment", of: names) else {
      throw ConfigurationError(
        file: file, message: "experiment must be given: one of \(names.joined(separator: ", "))")
    }
    var configuration = Self(name)
    try reader.read(&configuration)
    return configuration
  }

  /// This configuration with some keys set, as by `--set switch_point=3`.
  ///
  /// - Throws: `ConfigurationError` naming the key and what is allowed.
  public func setting(_ assignments: [String]) throws(ConfigurationError) -> Self {
    let root = try YAMLNode(assignments: assignments)
    let context = ConfigurationReader.Context(
      file: YAMLNode.assignmentOrigin, distributions: DistributionCatalog.all)
    var reader = try ConfigurationReader(root, context: context)
    var configuration = self
    try reader.read(&configuration)
    if configuration.choice.name != choice.name {
      throw ConfigurationError(
        file: context.file, path: "experiment", message: "name the experiment as the argument")
    }
    return configuration
  }

  /// The whole configuration as YAML, which reads back as an equal value.
  public var yaml: String {
    let usesRun = experiment.standardRun != nil
    return Self.fields.filter { usesRun || $0.key != "run" }.flatMap { $0.entries(self) }
      .map { "\($0.key): \($0.value)\n" }.joined()
  }

  /// Starts the experiment.
  ///
  /// - Throws: What is wrong with a distribution's parameters or its data file.
  public func makeDriver(
    threads: Int = Parallel.defaultThreads, dataSource: any DataSource,
    store: any UnitStore = NoStore()
  ) throws -> any ExperimentDriver {
    try experiment.makeDriver(
      ExperimentSetup(
        run: run, threads: threads, dataSource: dataSource, store: store))
  }
}
