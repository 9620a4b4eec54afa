import OutsideText
import ScoreClaims
import ScoreCore
package import ScoreLab

extension SweepSpec {
  /// Reads a file.
  ///
  /// - Throws: `ConfigurationError` naming the file, the line, the key and what is allowed.
  package static func load(file: String) throws(ConfigurationError) -> SweepSpec {
    try parse(text: YAMLNode.text(ofFile: file), file: file)
  }

  /// Reads YAML text.
  ///
  /// - Throws: `ConfigurationError` naming the file, the line, the key and what is allowed.
  package static func parse(text: String, file: String) throws(ConfigurationError) -> SweepSpec {
    let root = try YAMLNode.compose(text, file: file) ?? YAMLNode(content: .map([]))
    let context = ConfigurationReader.Context(file: file, distributions: DistributionCatalog.all)
    var reader = try ConfigurationReader(root, context: context)
    let name = try readName(&reader)
    let subject = try readSubject(&reader)
    let keys = try readKeys(&reader, of: subject)
    let draw = try readDraw(&reader, for: keys)
    let seeds = try readSeeds(&reader, from: subject.seed)
    let conditions = try readConditions(&reader, of: subject)
    let shard = try reader.integer("shard", in: 1...1_000_000)
    try reader.finish()
    let spec = SweepSpec(
      name: name, subject: subject, keys: keys, draw: draw, seeds: seeds, conditions: conditions,
      shard: shard)
    try spec.checkSize(reader)
    return spec
  }

  private static func readName(
    _ reader: inout ConfigurationReader
  ) throws(ConfigurationError) -> String {
    let allowed = "a name of at most 60 letters, digits, _ and -"
    guard let name = try reader.text("sweep") else {
      throw ConfigurationError(
        file: reader.context.file, path: "sweep", message: "must be given: \(allowed)")
    }
    let isPlain = name.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "-")
    }
    guard isPlain, (1...60).contains(name.utf8.count) else {
      throw reader.error(at: ["sweep"], "expected \(allowed)")
    }
    return name
  }

  private static func readSubject(
    _ reader: inout ConfigurationReader
  ) throws(ConfigurationError) -> SweepSubject {
    let name = try reader.choice("experiment", of: ExperimentCatalog.names)
    var steps: Int?
    if var train = try reader.section("train") {
      steps = try train.integer(SweepSubject.stepsKey, in: 1...SweepSubject.mostSteps)
      try train.finish()
    }
    if let name {
      guard !reader.has("train") else {
        throw reader.error(at: ["train"], "give train or experiment, not both")
      }
      var configuration = ExperimentConfiguration(name)
      if var section = try reader.section("configuration") {
        guard !section.has("experiment") else {
          throw section.error(at: ["experiment"], "the experiment stands above, under experiment")
        }
        try section.read(&configuration)
      }
      return .experiment(configuration)
    }
    guard let steps else {
      throw ConfigurationError(
        file: reader.context.file,
        message: "say what is run: train: {steps: 2000}, or experiment: NAME")
    }
    var configuration = RunConfiguration.start
    if let path = reader.node.text(at: "configuration") {
      _ = reader.value("configuration")
      configuration = try RunConfiguration.load(file: path)
    } else if var section = try reader.section("configuration") {
      try section.read(&configuration)
    }
    return .training(configuration, steps: steps)
  }

  private static func readDraw(
    _ reader: inout ConfigurationReader, for keys: [SweepKey]
  ) throws(ConfigurationError) -> SweepDraw {
    let name = try reader.choice("draw", of: SweepDraw.names) ?? "grid"
    let count = try reader.integer("count", in: 1...mostRuns)
    if name == "grid" {
      guard count == nil else {
        throw reader.error(
          at: ["count"], "is for draw: random and draw: sobol; a grid counts itself")
      }
      if let open = keys.first(where: { $0.gridValues == nil }) {
        throw reader.error(
          at: ["vary", open.path],
          "a grid needs count, how many values lie from one end to the other")
      }
      return .grid
    }
    guard let count else {
      throw reader.error(at: ["draw"], "\(name) needs count, the number of points")
    }
    guard name == "sobol" else { return .random(count: count) }
    guard keys.count <= SobolSequence.mostAxes else {
      throw reader.error(
        at: ["draw"], "sobol takes at most \(SobolSequence.mostAxes) keys, found \(keys.count)")
    }
    return .sobol(count: count)
  }

  private static func readSeeds(
    _ reader: inout ConfigurationReader, from first: UInt64
  ) throws(ConfigurationError) -> [UInt64] {
    guard let node = reader.value("seeds") else { return [first] }
    guard case .list(let items) = node.content else {
      let count = try reader.integer("seeds", in: 1...mostRuns) ?? 1
      return (0..<UInt64(count)).map { first &+ $0 }
    }
    var seeds: [UInt64] = []
    for item in items {
      guard case .scalar(let text, isPlain: true) = item.content, let seed = UInt64(text) else {
        throw reader.error(at: ["seeds"], "expected how many, or a list of whole numbers")
      }
      guard !seeds.contains(seed) else {
        throw reader.error(at: ["seeds"], "\(seed) is there twice")
      }
      seeds.append(seed)
    }
    guard !seeds.isEmpty else { throw reader.error(at: ["seeds"], "expected at least one seed") }
    return seeds
  }

  private static func readConditions(
    _ reader: inout ConfigurationReader, of subject: SweepSubject
  ) throws(ConfigurationError) -> [SweepCondition] {
    guard let node = reader.value("only") else { return [] }
    let items: [YAMLNode] = if case .list(let items) = node.content { items } else { [node] }
    var conditions: [SweepCondition] = []
    for (place, item) in items.enumerated() {
      guard case .scalar(let text, _) = item.content, let condition = SweepCondition(text) else {
        throw reader.error(
          at: ["only", "\(place + 1)"],
          "expected a comparison such as \"network.width * network.depth <= 64\" with blanks between"
        )
      }
      // A word with a dot that is no key is a key misspelt; others are names of choices.
      if let word = condition.words.first(where: { $0.contains(".") && subject.text(at: $0) == nil }
      ) {
        throw reader.error(at: ["only", "\(place + 1)"], "\(SafeText.sanitized(word)) is no key")
      }
      conditions.append(condition)
    }
    return conditions
  }

  private func checkSize(_ reader: ConfigurationReader) throws(ConfigurationError) {
    var count = seeds.count
    let counts: [Int] =
      switch draw {
      case .grid: keys.map { $0.gridValues?.count ?? 0 }
      case .random(let count), .sobol(let count): [count]
      }
    for factor in counts {
      let (product, isTooMuch) = count.multipliedReportingOverflow(by: factor)
      guard !isTooMuch, product <= Self.mostRuns else {
        throw ConfigurationError(
          file: reader.context.file, message: "a sweep has at most \(Self.mostRuns) runs")
      }
      count = product
    }
  }
}

extension YAMLNode {
  /// The text of a key of this map, where it has some.
  fileprivate func text(at key: String) -> String? {
    guard case .map(let entries) = content,
      case .scalar(let text, _)? = entries.first(where: { $0.key == key })?.value.content,
      !text.isEmpty
    else { return nil }
    return text
  }
}
