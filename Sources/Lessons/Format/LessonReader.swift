import NumberFormatting
import OutsideText
package import ScoreCore
package import ScoreLab

/// Reads a lesson: Markdown with a YAML head, and a YAML block at the steps that need one.
///
/// A step begins with a heading of the second level. Its block, between lines of three grave accents
/// with the word yaml, says what the step does; `docs/LESSONS.md` describes both.
package struct LessonReader {
  /// The most bytes of a lesson.
  package static let sizeLimit = 1 << 18

  let file: String

  /// Reads a lesson.
  ///
  /// - Parameters:
  ///   - text: The whole file.
  ///   - file: Its name, for errors.
  /// - Returns: The lesson, with every value in it checked.
  /// - Throws: ``ConfigurationError`` with file, line and what is allowed.
  package static func read(_ text: String, file: String) throws(ConfigurationError) -> Lesson {
    guard text.utf8.count <= sizeLimit else {
      throw ConfigurationError(file: file, message: "longer than \(sizeLimit >> 10) KiB")
    }
    let page = try LessonPages(text, file: file)
    return try LessonReader(file: file).lesson(page)
  }

  private func lesson(_ page: LessonPages) throws(ConfigurationError) -> Lesson {
    guard var head = try reader(page.head) else {
      throw ConfigurationError(
        file: file, line: 1, message: "a lesson begins with a head between two lines of ---")
    }
    var lesson = Lesson(
      name: try name(in: &head), number: try head.integer("number", in: 0...999) ?? 999,
      title: try words("title", in: &head), summary: try words("summary", in: &head),
      minutes: try head.integer("minutes", in: 1...120) ?? 10, steps: [], file: file)
    try head.finish()
    for section in page.sections {
      lesson.steps.append(try step(section, after: lesson.steps.last))
    }
    guard !lesson.steps.isEmpty else {
      throw ConfigurationError(
        file: file, message: "a lesson has at least one step, which begins with ## and its title")
    }
    return lesson
  }

  private func step(
    _ section: LessonPages.Section, after last: LessonStep?
  ) throws(ConfigurationError) -> LessonStep {
    var step = LessonStep(
      title: section.title, text: section.text, line: section.line,
      configuration: last?.configuration ?? RunConfiguration.start,
      trainingSteps: last?.trainingSteps, picture: last?.picture ?? LessonPicture())
    guard let block = section.block, var reader = try reader(block) else { return step }
    try readRun(&reader, into: &step)
    if let show = try reader.section("show") { step.picture = try picture(show) }
    step.attempt = try texts("try", in: &reader).map(\.text)
    try check(step.attempt, of: step, reader)
    for (text, _) in try texts("until", in: &reader) {
      step.conditions.append(try condition(text, at: "until", in: reader))
    }
    if let ask = try reader.section("ask") {
      step.question = try LessonQuestionReader(file: file).question(ask)
      try checkPlace(of: step, ask)
    }
    if let plot = try reader.section("plot") { step.plot = try self.plot(plot, of: step) }
    step.facts = try facts(&reader, of: step)
    try reader.finish()
    return step
  }

  /// Reads what the step does to the run.
  private func readRun(
    _ reader: inout ConfigurationReader, into step: inout LessonStep
  ) throws(ConfigurationError) {
    if let run = try reader.section("run") {
      var keys = run
      try keys.read(&step.configuration)
      step.setsRun = true
      try checkDistribution(of: step.configuration, reader)
    }
    step.isFresh = try reader.flag("fresh") ?? false
    if reader.value("train").flatMap(Self.word) == "on" {
      step.trainingSteps = nil
    } else if let count = try reader.integer("train", in: 0...1_000_000) {
      step.trainingSteps = count
    }
  }

  /// A lesson reads no file, and what cannot be made is found before anybody is taught with it.
  private func checkDistribution(
    of configuration: RunConfiguration, _ reader: ConfigurationReader
  ) throws(ConfigurationError) {
    do {
      _ = try configuration.distribution.makeDistribution(dataSource: NoFiles())
    } catch {
      throw reader.error(at: ["run"], SafeText.sanitized("\(error)", limit: 300))
    }
  }

  private func check(
    _ attempt: [String], of step: LessonStep, _ reader: ConfigurationReader
  ) throws(ConfigurationError) {
    guard !attempt.isEmpty else { return }
    do throws(ConfigurationError) {
      let tried = try step.configuration.setting(attempt)
      try checkDistribution(of: tried, reader)
    } catch {
      throw reader.error(at: ["try"], "\(error.path): \(error.message)")
    }
  }

  /// What is answered in the picture needs a picture of its coordinates.
  private func checkPlace(
    of step: LessonStep, _ ask: ConfigurationReader
  ) throws(ConfigurationError) {
    guard case .field(let field)? = step.question?.kind else { return }
    guard step.picture.pane == .samples, step.picture.view != .trajectories else {
      throw ask.error(
        at: [], "a place and a region are shown in the samples pane, as scatter, density or score")
    }
    let made = try? step.configuration.distribution.makeDistribution(dataSource: NoFiles())
    guard let dimension = made?.dimension, dimension != field.area.dimension else { return }
    throw ask.error(
      at: ["over"],
      "the data have \(NumberText.counted(dimension, "coordinate")); on the line there is x, on the "
        + "plane x and y")
  }

  private func plot(
    _ reader: ConfigurationReader, of step: LessonStep
  ) throws(ConfigurationError) -> LessonPlot {
    var reader = reader
    if case .curve? = step.question?.kind {
      throw reader.error(at: [], "a curve that is drawn takes the room of a plot")
    }
    var curves: [LessonPlot.Curve] = []
    for item in try maps("curves", in: &reader) {
      var item = item
      let value = try required(item.value("value").flatMap(Self.word), "value", in: item)
      curves.append(
        LessonPlot.Curve(
          say: try words("say", in: &item),
          value: try expression(
            value, at: "value", in: item, variables: LessonQuestion.CurveQuestion.variables)))
      try item.finish()
    }
    guard (1...4).contains(curves.count) else {
      throw reader.error(at: ["curves"], "a plot has 1 to 4 curves, each with say and value")
    }
    let plot = LessonPlot(
      curves: curves, domain: try range("over", in: &reader),
      range: reader.has("range") ? try range("range", in: &reader) : nil,
      axis: LessonMarkup.harmless(try reader.text("axis") ?? "x"),
      line: reader.node.line ?? step.line)
    try reader.finish()
    return plot
  }

  private func facts(
    _ reader: inout ConfigurationReader, of step: LessonStep
  ) throws(ConfigurationError) -> [LessonFact] {
    var facts: [LessonFact] = []
    for item in try maps("facts", in: &reader) {
      var item = item
      let said = try required(item.text("said"), "said", in: item)
      guard LessonFact.number(said) != nil else {
        throw item.error(at: ["said"], "expected a number in quotes as it stands in the text")
      }
      guard step.says(said) else {
        throw item.error(at: ["said"], "the step does not say \(SafeText.sanitized(said))")
      }
      let value = try required(item.text("value"), "value", in: item)
      let within = try item.number("within", in: 0...1e9)
      facts.append(
        LessonFact(
          said: said, value: try expression(value, at: "value", in: item),
          tolerance: within ?? LessonFact.rounding(of: said), line: item.node.line ?? step.line))
      try item.finish()
    }
    return facts
  }
}

/// A source of no data, so that a lesson reads no file.
package struct NoFiles: DataSource {
  package struct Refusal: Error, CustomStringConvertible {
    package var description: String { "a lesson reads no file" }
  }

  package init() {}

  package func table(file: String, columns: [String]) throws -> DataTable { throw Refusal() }
}
