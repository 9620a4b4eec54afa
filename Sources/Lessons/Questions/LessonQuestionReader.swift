import ScoreLab

/// Reads the question of a step.
struct LessonQuestionReader {
  /// The keys that say what is asked for.
  private static let kinds = ["choices", "number", "order", "curve", "place", "region"]

  private let values: LessonReader

  init(file: String) { values = LessonReader(file: file) }

  func question(_ reader: ConfigurationReader) throws(ConfigurationError) -> LessonQuestion {
    var reader = reader
    let text = try values.words("question", in: &reader)
    let kinds = Self.kinds.filter(reader.has)
    guard kinds.count == 1 else {
      throw reader.error(at: [], "a question has one of \(Self.kinds.joined(separator: ", "))")
    }
    let kind: LessonQuestion.Kind =
      switch kinds[0] {
      case "choices": .choice(try options(&reader))
      case "number": .number(try number(&reader))
      case "order": .order(try items(&reader))
      case "curve": .curve(try curve(&reader))
      default: .field(try field(kinds[0], &reader))
      }
    let reveal = try values.texts("reveal", in: &reader).map { LessonMarkup.harmless($0.text) }
    try reader.finish()
    return LessonQuestion(text: text, kind: kind, reveal: reveal)
  }

  private func options(
    _ reader: inout ConfigurationReader
  ) throws(ConfigurationError) -> [LessonQuestion.Option] {
    var options: [LessonQuestion.Option] = []
    for map in try values.maps("choices", in: &reader) {
      var map = map
      let say = try values.words("say", in: &map)
      let truth: LessonQuestion.Option.Truth
      if let when = try map.text("when") {
        truth = .measured(try values.condition(when, at: "when", in: map))
      } else {
        truth = .given(try map.flag("right") ?? false)
      }
      let why = try map.text("why").map(LessonMarkup.harmless)
      try map.finish()
      options.append(.init(say: say, truth: truth, why: why))
    }
    guard (2...6).contains(options.count) else {
      throw reader.error(at: ["choices"], "a question has 2 to 6 choices")
    }
    let given = options.count { if case .given(true) = $0.truth { true } else { false } }
    let measured = options.count { if case .measured = $0.truth { true } else { false } }
    guard measured == options.count || measured == 0 && given == 1 else {
      throw reader.error(
        at: ["choices"], "one choice is right: true, or when says of each what must be measured")
    }
    return options
  }

  private func number(
    _ reader: inout ConfigurationReader
  ) throws(ConfigurationError) -> LessonQuestion.NumberQuestion {
    let text = try values.required(
      reader.value("number").flatMap(LessonReader.word), "number", in: reader)
    let truth = try values.expression(text, at: "number", in: reader)
    let within = try reader.number("within", in: 0...10) ?? 0.05
    let variables = LessonQuestion.NumberQuestion.variables
    return .init(
      truth: truth, tolerance: within, misses: try misses(&reader, on: variables))
  }

  private func misses(
    _ reader: inout ConfigurationReader, on variables: Set<String>
  ) throws(ConfigurationError) -> [LessonQuestion.Miss] {
    var misses: [LessonQuestion.Miss] = []
    for map in try values.maps("misses", in: &reader) {
      var map = map
      let when = try values.required(map.text("when"), "when", in: map)
      let condition = try values.condition(when, at: "when", in: map, variables: variables)
      misses.append(.init(condition: condition, why: try values.words("why", in: &map)))
      try map.finish()
    }
    return misses
  }

  /// The question for a place, or for a region.
  private func field(
    _ key: String, _ reader: inout ConfigurationReader
  ) throws(ConfigurationError) -> FieldQuestion {
    guard var over = try reader.section("over") else {
      throw reader.error(at: [], "over is missing: the ranges of x and, on the plane, y")
    }
    guard over.has("x") else { throw over.error(at: [], "x is missing, a range such as [-4, 4]") }
    var ranges: [ClosedRange<Double>] = []
    for name in FieldArea.names where over.has(name) {
      ranges.append(try values.range(name, in: &over))
    }
    try over.finish()
    let variables = Set(FieldArea.names.prefix(ranges.count))
    var truth: [LessonCondition] = []
    for (text, _) in try values.texts(key, in: &reader) {
      truth.append(try values.condition(text, at: key, in: reader, variables: variables))
    }
    guard !truth.isEmpty else {
      throw reader.error(at: [key], "expected a condition on x, or a list of them")
    }
    let form: FieldQuestion.Form =
      key == "place"
      ? .place : .region(overlap: try reader.number("overlap", in: 0.1...1) ?? 0.7)
    return FieldQuestion(
      form: form, area: FieldArea(ranges), truth: truth,
      misses: try misses(&reader, on: variables))
  }

  private func items(
    _ reader: inout ConfigurationReader
  ) throws(ConfigurationError) -> [LessonQuestion.Item] {
    var items: [LessonQuestion.Item] = []
    for map in try values.maps("order", in: &reader) {
      var map = map
      let say = try values.words("say", in: &map)
      let value = try values.required(
        map.value("value").flatMap(LessonReader.word), "value", in: map)
      items.append(.init(say: say, value: try values.expression(value, at: "value", in: map)))
      try map.finish()
    }
    guard (2...6).contains(items.count) else {
      throw reader.error(at: ["order"], "2 to 6 things can be put in order")
    }
    return items
  }

  private func curve(
    _ reader: inout ConfigurationReader
  ) throws(ConfigurationError) -> LessonQuestion.CurveQuestion {
    let text = try values.required(reader.text("curve"), "curve", in: reader)
    let truth = try values.expression(
      text, at: "curve", in: reader, variables: LessonQuestion.CurveQuestion.variables)
    let places = try values.numbers("at", in: &reader)
    guard (2...15).contains(places.count), places == places.sorted(),
      places.allSatisfy({ abs($0) <= LessonReader.largest })
    else {
      throw reader.error(at: ["at"], "a curve has 2 to 15 places, in rising order, up to 1e9")
    }
    return .init(
      truth: truth, places: places, range: try values.range("range", in: &reader),
      tolerance: try reader.number("within", in: 0...1) ?? 0.1)
  }
}
