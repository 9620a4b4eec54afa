import NumberFormatting
package import ScoreLab

/// A part of what was done at a screen that becomes a step of a lesson.
package struct RecordedStep: Sendable {
  /// The run of the step.
  package var configuration: RunConfiguration
  /// Whether the run began again though its configuration is that of the step before.
  package var isFresh: Bool
  /// The training steps that the run had when the step ended.
  package var trainingSteps: Int
  package var picture: LessonPicture
  /// The commands that were given, in words.
  package var commands: [String]

  package init(
    configuration: RunConfiguration, isFresh: Bool, trainingSteps: Int, picture: LessonPicture,
    commands: [String]
  ) {
    self.configuration = configuration
    self.isFresh = isFresh
    self.trainingSteps = trainingSteps
    self.picture = picture
    self.commands = commands
  }
}

/// Writes what was done as a lesson whose words are to be filled in.
///
/// The file is a lesson as it stands; conditions and a question are there as comments.
package struct LessonWriter {
  /// The most bytes of a line of commands, which is a comment.
  private static let commandLimit = 400

  private let name: String
  private let steps: [RecordedStep]

  /// Prepares a lesson.
  ///
  /// - Parameters:
  ///   - file: The file that it is written to; the lesson is named after it.
  ///   - steps: At least one.
  package init(file: String, steps: [RecordedStep]) {
    precondition(!steps.isEmpty, "A lesson has a step.")
    (name, self.steps) = (Self.name(of: file), steps)
  }

  /// Letters, digits and hyphens of a file's name without its ending.
  private static func name(of file: String) -> String {
    let last = file.split(separator: "/").last ?? ""
    let base = last.lastIndex(of: ".").map { last[..<$0] } ?? last
    let characters = base.lowercased().map { character -> Character in
      character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
    }
    let name = String(characters.prefix(40))
    return name.contains { $0 != "-" } ? name : "my-lesson"
  }

  /// The whole file.
  package var text: String {
    var text = """
      ---
      name: \(name)
      title: \(ConfigurationText.text(name))
      summary: Say here in one sentence what it is about.
      minutes: 5
      ---

      """
    // What the lesson's steps set, which is not what was tried in them.
    var declared = RunConfiguration.start
    var last: RecordedStep?
    for (number, step) in steps.enumerated() {
      let isTried =
        last.map { step.configuration != $0.configuration && !restarts(step, from: $0) } ?? false
      text += "\n## Step \(number + 1)\n\n```yaml\n"
      text += Self.commented(step.commands)
      if isTried, let last {
        let tried = step.configuration.assignments(from: last.configuration)
        text += "try: \(ConfigurationText.list(tried.map(ConfigurationText.text)))\n"
      } else if last.map({ restarts(step, from: $0) }) ?? true {
        text += Self.run(step.configuration.assignments(from: declared))
        declared = step.configuration
        if step.isFresh { text += "fresh: true\n" }
      }
      text += "show: \(step.picture.yaml)\n"
      text += "train: \(min(step.trainingSteps, 1_000_000))\n"
      text += Self.template(step)
      text += "```\n\nSay here what to look at.\n"
      last = step
    }
    return text
  }

  private func restarts(_ step: RecordedStep, from last: RecordedStep) -> Bool {
    step.isFresh || step.configuration.requiresRestart(comparedTo: last.configuration)
  }

  private static func commented(_ commands: [String]) -> String {
    guard !commands.isEmpty else { return "" }
    let words = LessonMarkup.harmless(commands.joined(separator: ", "))
    let line = words.count > commandLimit ? words.prefix(commandLimit) + " ..." : words[...]
    return "# done: \(line)\n"
  }

  /// What is to be filled in, as comments.
  private static func template(_ step: RecordedStep) -> String {
    """
    # until: step >= \(step.trainingSteps)
    # ask:
    #   question: What will be seen?
    #   choices:
    #   - {say: this, right: true}
    #   - {say: that, why: What somebody may have in mind, and why it is not so.}
    #   reveal: What it is.

    """
  }

  // MARK: - YAML

  /// Keys of the configuration, nested as in a file.
  private static func run(_ assignments: [String]) -> String {
    var root = Node()
    for assignment in assignments {
      let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      root.set(parts[0].split(separator: ".").map(String.init)[...], to: String(parts[1]))
    }
    return root.children.isEmpty ? "" : "run:\n" + root.lines(indent: 2)
  }

  /// A key with a value, or with keys under it.
  private struct Node {
    var value: String?
    var children: [(key: String, node: Node)] = []

    mutating func set(_ path: ArraySlice<String>, to value: String) {
      guard let key = path.first else { return self.value = value }
      let place = children.firstIndex { $0.key == key } ?? children.count
      if place == children.count { children.append((key, Node())) }
      children[place].node.set(path.dropFirst(), to: value)
    }

    func lines(indent: Int) -> String {
      children.map { key, node in
        let start = String(repeating: " ", count: indent) + key + ":"
        guard let value = node.value else { return start + "\n" + node.lines(indent: indent + 2) }
        return start + " " + value + "\n"
      }.joined()
    }
  }
}

extension LessonPicture {
  /// What it has otherwise than usual, and its pane.
  var yaml: String {
    let usual = LessonPicture()
    var entries = [("pane", pane.rawValue)]
    func add<Value: Equatable>(_ key: String, _ value: Value, _ usual: Value, _ text: String) {
      if value != usual { entries.append((key, text)) }
    }
    add("view", view, usual.view, view.rawValue)
    add("arrows", arrows, usual.arrows, arrows.rawValue)
    add("underlay", underlay, usual.underlay, underlay.rawValue)
    add("errors", errors, usual.errors, errors.rawValue)
    add("losses", losses, usual.losses, losses.rawValue)
    func number(_ value: Double?) -> String { NumberText.short(value ?? 0, digits: 3) }
    add("time", time, usual.time, number(time))
    add("level", level, usual.level, number(level))
    add("exact_run", isExactRunShown, usual.isExactRunShown, "true")
    add("particles", particles, usual.particles, "\(particles)")
    add("metrics", areMetricsShown, usual.areMetricsShown, "true")
    return ConfigurationText.map(entries.map { (key: $0.0, value: $0.1) })
  }
}
