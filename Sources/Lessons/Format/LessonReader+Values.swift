import OutsideText
import ScoreCore
import ScoreLab

/// Readers of single values, which name the line of what is wrong.
extension LessonReader {
  /// The keys of a YAML block, with the lines of the file; nil where nothing is in it.
  func reader(_ block: LessonPages.Block?) throws(ConfigurationError) -> ConfigurationReader? {
    guard let block else { return nil }
    // As many empty lines in front, and lines are those of the file.
    let text = String(repeating: "\n", count: block.firstLine - 1) + block.text
    guard let node = try YAMLNode.compose(text, file: file) else { return nil }
    return try ConfigurationReader(
      node,
      context: ConfigurationReader.Context(file: file, distributions: DistributionCatalog.all))
  }

  func required<Value>(
    _ value: Value?, _ key: String, in reader: ConfigurationReader
  ) throws(ConfigurationError) -> Value {
    guard let value else { throw reader.error(at: [], "\(key) is missing") }
    return value
  }

  /// The name by which a lesson or a preset is opened.
  func name(in reader: inout ConfigurationReader) throws(ConfigurationError) -> String {
    let name = try required(reader.text("name"), "name", in: reader)
    guard Preset.isName(name) else { throw reader.error(at: ["name"], Preset.nameRule) }
    return name
  }

  /// A line of text that must be there, made harmless.
  func words(
    _ key: String, in reader: inout ConfigurationReader
  ) throws(ConfigurationError) -> String {
    LessonMarkup.harmless(try required(reader.text(key), key, in: reader))
  }

  /// The scalar of a value as it stands; nil for a list or a map.
  static func word(_ node: YAMLNode) -> String? {
    if case .scalar(let text, _) = node.content { text } else { nil }
  }

  /// The items of a list, or a single one without its dash.
  func texts(
    _ key: String, in reader: inout ConfigurationReader
  ) throws(ConfigurationError) -> [(text: String, line: Int?)] {
    guard let node = reader.value(key), !node.isNull else { return [] }
    let items = if case .list(let items) = node.content { items } else { [node] }
    var texts: [(text: String, line: Int?)] = []
    for (index, item) in items.enumerated() {
      guard let text = Self.word(item) else {
        throw reader.error(at: [key, "\(index + 1)"], "expected text, found \(item.found)")
      }
      texts.append((text, item.line))
    }
    return texts
  }

  /// The items of a list of maps.
  func maps(
    _ key: String, in reader: inout ConfigurationReader
  ) throws(ConfigurationError) -> [ConfigurationReader] {
    guard let node = reader.value(key), !node.isNull else { return [] }
    guard case .list(let items) = node.content else {
      throw reader.error(at: [key], "expected a list of maps, found \(node.found)")
    }
    var maps: [ConfigurationReader] = []
    for (index, item) in items.enumerated() {
      maps.append(
        try ConfigurationReader(
          item, path: reader.path + [key, "\(index + 1)"], context: reader.context))
    }
    return maps
  }

  /// The numbers of a list.
  func numbers(
    _ key: String, in reader: inout ConfigurationReader
  ) throws(ConfigurationError) -> [Double] {
    var numbers: [Double] = []
    for (index, item) in try texts(key, in: &reader).enumerated() {
      guard let number = LessonFact.number(item.text) else {
        throw reader.error(at: [key, "\(index + 1)"], "expected a number")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// The largest size of a number on an axis, far from where steps along it overflow.
  static let largest = 1e9

  /// The least and the largest value of an axis.
  func range(
    _ key: String, in reader: inout ConfigurationReader
  ) throws(ConfigurationError) -> ClosedRange<Double> {
    let range = try numbers(key, in: &reader)
    guard range.count == 2, range[0] < range[1], range.allSatisfy({ abs($0) <= Self.largest })
    else {
      throw reader.error(
        at: [key], "expected the least and the largest value, as [-3, 3], up to 1e9")
    }
    return range[0]...range[1]
  }

  func expression(
    _ text: String, at key: String, in reader: ConfigurationReader, variables: Set<String> = []
  ) throws(ConfigurationError) -> LessonExpression {
    do throws(LessonExpression.Fault) {
      return try LessonExpression(text, variables: variables)
    } catch {
      throw reader.error(at: [key], error.message)
    }
  }

  func condition(
    _ text: String, at key: String, in reader: ConfigurationReader, variables: Set<String> = []
  ) throws(ConfigurationError) -> LessonCondition {
    do throws(LessonExpression.Fault) {
      return try LessonCondition(text, variables: variables)
    } catch {
      throw reader.error(at: [key], error.message)
    }
  }

  /// What stands next to the text; what is not said is as usual.
  func picture(_ reader: ConfigurationReader) throws(ConfigurationError) -> LessonPicture {
    var reader = reader
    var picture = LessonPicture()
    func named<Name: RawRepresentable<String> & CaseIterable>(
      _ key: String, _ usual: Name
    ) throws(ConfigurationError) -> Name {
      let name = try reader.choice(key, of: Name.allCases.map(\.rawValue))
      return name.flatMap { Name(rawValue: $0) } ?? usual
    }
    picture.pane = try named("pane", picture.pane)
    picture.view = try named("view", picture.view)
    picture.arrows = try named("arrows", picture.arrows)
    picture.underlay = try named("underlay", picture.underlay)
    picture.errors = try named("errors", picture.errors)
    picture.losses = try named("losses", picture.losses)
    picture.time = try reader.number("time", in: 0...1e6)
    picture.level = try reader.number("level", in: 0...1e6)
    picture.isExactRunShown = try reader.flag("exact_run") ?? false
    picture.particles = try reader.integer("particles", in: 1...20) ?? picture.particles
    picture.areMetricsShown = try reader.flag("metrics") ?? false
    try reader.finish()
    return picture
  }
}

extension LessonStep {
  /// Whether a number stands in the text, the question or an answer to it, with nothing of a longer
  /// number around it.
  func says(_ number: String) -> Bool {
    let texts = text.map(\.plain) + (question?.texts ?? []).map { LessonMarkup.plain($0) }
    return texts.contains { Self.holds($0, number) }
  }

  private static func holds(_ text: String, _ number: String) -> Bool {
    let (text, number) = (Array(text), Array(number))
    guard text.count >= number.count else { return false }
    return (0...(text.count - number.count)).contains { start in
      let end = start + number.count
      guard text[start..<end].elementsEqual(number) else { return false }
      let isBegun = start > 0 && (text[start - 1].isNumber || text[start - 1] == ".")
      let goesOn =
        end < text.count && text[end].isNumber
        || end + 1 < text.count && text[end] == "." && text[end + 1].isNumber
      return !isBegun && !goesOn
    }
  }
}
