package import ScoreLab

/// A run to begin with: a name, a sentence, a configuration, and what to look at.
package struct Preset: Sendable, Equatable {
  /// The name by which it is opened, such as `two-moons`.
  package var name: String
  /// Its place in the list, from 1.
  package var number: Int
  /// What the presets around it are about, such as `First steps`.
  package var part: String
  package var title: String
  /// What it shows, in one sentence.
  package var summary: String
  package var configuration: RunConfiguration
  /// What the live page shows of it.
  package var picture: LessonPicture

  package init(
    name: String, number: Int = lastNumber, part: String = ownPart, title: String, summary: String,
    configuration: RunConfiguration, picture: LessonPicture = LessonPicture()
  ) {
    self.name = name
    self.number = number
    self.part = part
    self.title = title
    self.summary = summary
    self.configuration = configuration
    self.picture = picture
  }
}

extension Preset {
  /// The most bytes of a preset.
  package static let sizeLimit = 1 << 16
  /// The number and the part of one that says neither.
  package static let lastNumber = 999
  package static let ownPart = "My own"
  /// What a name is.
  package static let nameRule = "a name has small letters, digits and hyphens, at most 40"

  /// Whether a text can be the name of a preset or a lesson.
  package static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.count <= 40
      && text.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
      }
  }

  /// Reads a preset.
  ///
  /// - Parameters:
  ///   - text: The whole file, in YAML: `name`, `title`, `summary`, and where they differ from the
  ///     usual `number`, `part`, `run` and `show`.
  ///   - file: Its name, for errors.
  /// - Returns: The preset, with every value in it checked.
  /// - Throws: ``ConfigurationError`` with file, line and what is allowed.
  package static func read(_ text: String, file: String) throws(ConfigurationError) -> Preset {
    guard text.utf8.count <= sizeLimit else {
      throw ConfigurationError(file: file, message: "longer than \(sizeLimit >> 10) KiB")
    }
    let values = LessonReader(file: file)
    guard var reader = try values.reader(LessonPages.Block(firstLine: 1, text: text)) else {
      throw ConfigurationError(file: file, message: "a preset has a name, a title and a summary")
    }
    var preset = Preset(
      name: try values.name(in: &reader),
      number: try reader.integer("number", in: 1...lastNumber) ?? lastNumber,
      part: LessonMarkup.harmless(try reader.text("part") ?? ownPart),
      title: try values.words("title", in: &reader),
      summary: try values.words("summary", in: &reader), configuration: .start)
    if var run = try reader.section("run") { try run.read(&preset.configuration) }
    if let show = try reader.section("show") {
      preset.picture = try values.picture(show)
      guard preset.picture.time == nil else {
        throw reader.error(at: ["show"], "a preset shows the data end; it has no time")
      }
    }
    try reader.finish()
    return preset
  }

  /// The whole file, which reads back as an equal preset.
  ///
  /// All settings are in it, so that it begins the same run where those that the program starts with
  /// have changed.
  package var text: String {
    var lines = ["name: \(ConfigurationText.text(name))"]
    if number != Self.lastNumber { lines.append("number: \(number)") }
    if part != Self.ownPart { lines.append("part: \(ConfigurationText.text(part))") }
    lines.append("title: \(ConfigurationText.text(title))")
    lines.append("summary: \(ConfigurationText.text(summary))")
    lines.append("run:")
    lines += configuration.yaml.split(separator: "\n").map { "  \($0)" }
    lines.append("show: \(picture.yaml)")
    return lines.map { $0 + "\n" }.joined()
  }
}
