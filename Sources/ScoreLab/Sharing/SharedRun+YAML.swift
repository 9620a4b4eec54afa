import OutsideText
public import ScoreCore

extension SharedRun {
  /// A configuration file, with the edits as a list behind the keys.
  public var yaml: String {
    guard !edits.isEmpty else { return start.yaml }
    let lines = edits.map { edit in
      let change =
        switch edit.change {
        case .resume: "resume: true"
        case .set(let assignments):
          "set: \(ConfigurationText.list(assignments.map { ConfigurationText.text($0) }))"
        }
      return "- {step: \(edit.executedSteps), \(change)}\n"
    }
    return start.yaml + "edits:\n" + lines.joined()
  }

  /// Reads a configuration file, which may have edits.
  ///
  /// - Parameters:
  ///   - file: The path of a YAML file of at most 1 MiB.
  ///   - catalog: The distributions that can be named.
  /// - Returns: A run in which every value is within its range and every edit fits.
  /// - Throws: ``ConfigurationError`` naming the file, the line, the key and what is allowed.
  public static func load(
    file: String, catalog: [DistributionCatalog.Entry] = DistributionCatalog.all
  ) throws(ConfigurationError) -> SharedRun {
    try parse(text: YAMLNode.text(ofFile: file), file: file, catalog: catalog)
  }

  /// Reads the text of a configuration file, which may have edits.
  package static func parse(
    text: String, file: String, catalog: [DistributionCatalog.Entry] = DistributionCatalog.all
  ) throws(ConfigurationError) -> SharedRun {
    guard var root = try YAMLNode.compose(text, file: file) else {
      return SharedRun(RunConfiguration())
    }
    let context = ConfigurationReader.Context(file: file, distributions: catalog)
    var list: YAMLNode?
    if case .map(let entries) = root.content {
      list = entries.first { $0.key == "edits" }?.value
      root.content = .map(entries.filter { $0.key != "edits" })
    }
    var run = SharedRun(RunConfiguration())
    var reader = try ConfigurationReader(root, context: context)
    try reader.read(&run.start)
    guard let list, !list.isNull else { return run }
    guard case .list(let items) = list.content else {
      throw ConfigurationError(
        file: file, line: list.line, path: "edits",
        message: "expected a list of edits, found \(list.found)")
    }
    for (index, item) in items.enumerated() {
      let path = ["edits", "\(index + 1)"]
      run.edits.append(
        try edit(ConfigurationReader(item, path: path, context: context), line: item.line))
    }
    _ = try run.log(origin: file)
    return run
  }

  /// Reads `{step: 500, set: [optimizer.learning_rate=0.001]}` or `{step: 500, resume: true}`.
  private static func edit(
    _ reader: ConfigurationReader, line: Int?
  ) throws(ConfigurationError) -> Edit {
    var reader = reader
    func failure(_ message: String) -> ConfigurationError {
      ConfigurationError(
        file: reader.context.file, line: line, path: reader.path.joined(separator: "."),
        message: message)
    }
    guard let step = try reader.integer("step", in: 0...Int.max) else {
      throw failure("expected the step before which it is made, as step")
    }
    let (set, resume) = (reader.value("set"), reader.value("resume"))
    try reader.finish()
    if set == nil, resume?.scalar == .flag(true) {
      return Edit(executedSteps: step, change: .resume)
    }
    guard resume == nil, case .list(let items)? = set?.content, !items.isEmpty else {
      throw failure("expected set with a list of key=value, or resume: true")
    }
    var assignments: [String] = []
    for item in items {
      guard case .scalar(let text, _) = item.content else {
        throw failure("expected key=value in set, found \(item.found)")
      }
      assignments.append(text)
    }
    return Edit(executedSteps: step, change: .set(assignments))
  }
}
