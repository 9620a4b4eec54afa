/// Everything that decides a run; the same values give the same bits.
public struct RunConfiguration: ConfigurationSection {
  /// The seed of every random stream.
  public var seed: UInt64 = 7
  public var distribution = DistributionConfiguration()
  public var trainingSet = TrainingSetConfiguration()
  public var process = ProcessConfiguration()
  public var network = NetworkConfiguration()
  public var objective = ObjectiveConfiguration()
  public var optimizer = OptimizerConfiguration()
  public var sampler = SamplerConfiguration()
  public var probe = ProbeConfiguration()

  public init() {}

  package static let rootName: String? = "run"

  package static let fields: [ConfigurationField<Self>] = [
    .seed("seed", "seed of every random stream", \.seed, place: FormPlace(.seed, "seed")),
    .distribution(
      "distribution", "distribution to learn", \.distribution,
      place: FormPlace(.data, "distribution")),
    .section("training_set", \.trainingSet),
    .section("process", \.process),
    .section("network", \.network),
    .section("objective", \.objective),
    .section("optimizer", \.optimizer),
    .section("sampler", \.sampler),
    .section("probe", \.probe),
  ]

  /// Whether a session that runs `other` would have to start again to run this one.
  ///
  /// The whole sampler, the probe's delta and all of the optimizer but its rule change live;
  /// everything else restarts.
  public func requiresRestart(comparedTo other: RunConfiguration) -> Bool {
    Self.fields.contains { $0.needsRestart(other, self) }
  }

  /// The value of a key, or nil if there is no such key.
  ///
  /// - Parameter path: A path of ``ConfigurationCatalog``, or `distribution.` and the name of one
  ///   of its parameters.
  /// - Returns: YAML that ``setting(_:catalog:)`` takes back, for example `256`; a parameter that
  ///   is text comes without quotes.
  public func text(at path: String) -> String? {
    if ConfigurationCatalog.field(at: path) != nil,
      let field = Self.fields.first(where: { $0.key == path })
    {
      return field.entries(self).first?.value
    }
    return leaf(at: path)?.text
  }

  /// What differs, in one line, such as `learning_rate 0.001 -> 0.01`.
  package func summary(ofChangesFrom old: RunConfiguration) -> String {
    let before = old.leaves
    return leaves.compactMap { leaf in
      let previous = before.first { $0.path == leaf.path }?.text
      guard previous != leaf.text else { return nil }
      let name = leaf.path.split(separator: ".").last.map(String.init) ?? leaf.path
      return "\(name) \(previous ?? "none") -> \(leaf.text)"
    }.joined(separator: ", ")
  }
}
