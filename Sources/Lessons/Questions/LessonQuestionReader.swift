import ScoreLab

/// Reads the question of a step.
struct LessonQuestionReader {
  private let values: LessonReader

  init(file: String) { values = LessonReader(file: file) }

  func question(_ reader: ConfigurationReader) throws(ConfigurationError) -> LessonQuestion {
    var reader = reader
    let text = try values.words("question", in: &reader)
    let kinds = ["choices", "number", "order", "curve"].filter(reader.has)
    guard kinds.count == 1 else {
      throw reader.error(at: [], "a question has one of choices, number, order and curve")
    }
    let kind: LessonQuestion.Kind =
      switch kinds[0] {
      case "choices": .choice(try options(&reader))
      case "number": .number(try number(&reader))
      case "order": .order(try items(&reader))
      default: .curve(try curve(&reader))
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
    var misses: [LessonQuestion.Miss] = []
    for map in try values.maps("misses", in: &reader) {
      var map = map
      let when = try values.required(map.text("when"), "when", in: map)
      let condition = try values.condition(when, at: "when", in: map, variables: variables)
      misses.append(.init(condition: condition, why: try values.words("why", in: &map)))
      try map.finish()
    }
    return .init(truth: truth, tolerance: within, misses: misses)
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

  /// The largest size of a number in a curve, far from where its steps overflow.
  private static let largest = 1e9

  private func curve(
    _ reader: inout ConfigurationReader
  ) throws(ConfigurationError) -> LessonQuestion.CurveQuestion {
    let text = try values.required(reader.text("curve"), "curve", in: reader)
    let truth = try values.expression(
      text, at: "curve", in: reader, variables: LessonQuestion.CurveQuestion.variables)
    let places = try values.numbers("at", in: &reader)
    guard (2...15).contains(places.count), places == places.sorted(),
      places.allSatisfy({ abs($0) <= Self.largest })
    else {
      throw reader.error(at: ["at"], "a curve has 2 to 15 places, in rising order, up to 1e9")
    }
    let range = try values.numbers("range", in: &reader)
    guard range.count == 2, range[0] < range[1], range.allSatisfy({ abs($0) <= Self.largest })
    else {
      throw reader.error(
        at: ["range"], "expected the least and the largest value, as [-3, 3], up to 1e9")
    }
    return .init(
      truth: truth, places: places, range: range[0]...range[1],
      tolerance: try reader.number("within", in: 0...1) ?? 0.1)
  }
}
