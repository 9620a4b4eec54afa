import NumberFormatting

/// An answer next to what is measured.
package struct LessonVerdict: Sendable, Equatable {
  package var isRight: Bool
  /// The answer in words.
  package var said: String
  /// What is measured, in words.
  package var truth: String
  /// Why somebody may have answered this, where it is wrong in a usual way.
  package var why: String?

  package init(isRight: Bool, said: String, truth: String, why: String? = nil) {
    self.isRight = isRight
    self.said = said
    self.truth = truth
    self.why = why
  }
}

extension LessonQuestion {
  /// Compares an answer with what is measured.
  ///
  /// - Parameters:
  ///   - answer: An answer of the question's kind.
  ///   - evidence: What is known.
  /// - Returns: Nil while something that decides is not measured, or for an answer of another kind.
  package func verdict(
    on answer: LessonAnswer, _ evidence: LessonEvidence
  ) -> LessonVerdict? {
    switch (kind, answer) {
    case (.choice(let options), .choice(let place)): choice(place, of: options, evidence)
    case (.number(let question), .number(let guess)): number(guess, question, evidence)
    case (.order(let items), .order(let places)): order(places, of: items, evidence)
    case (.curve(let curve), .curve(let values)): drawn(values, curve, evidence)
    case (.field(let field), .fields(let fields)): marked(fields, field, evidence)
    case (.choice, _), (.number, _), (.order, _), (.curve, _), (.field, _): nil
    }
  }

  /// The answer that is right; nil while something that decides is not measured.
  package func rightAnswer(_ evidence: LessonEvidence) -> LessonAnswer? {
    switch kind {
    case .choice(let options):
      let right = options.indices.map { Self.isRight(options[$0], evidence) }
      guard !right.contains(nil), right.count(where: { $0 == true }) == 1 else { return nil }
      return right.firstIndex(of: true).map { .choice($0) }
    case .number(let question): return evidence.value(of: question.truth).map { .number($0) }
    case .order(let items): return Self.order(items, evidence).map { .order($0) }
    case .curve(let curve):
      let values = curve.truths(evidence)
      return values.map { .curve($0) }
    case .field(let field):
      guard let right = field.truths(evidence)?.sorted(), !right.isEmpty else { return nil }
      // Of the right places the middle one: at the edges of a narrow region rounding decides.
      return .fields(field.isPlace ? [right[right.count / 2]] : Set(right))
    }
  }

  private static func isRight(_ option: Option, _ evidence: LessonEvidence) -> Bool? {
    switch option.truth {
    case .given(let isRight): isRight
    case .measured(let condition): evidence.holds(condition)
    }
  }

  private func choice(
    _ place: Int, of options: [Option], _ evidence: LessonEvidence
  ) -> LessonVerdict? {
    guard options.indices.contains(place), case .choice(let right)? = rightAnswer(evidence) else {
      return nil
    }
    return LessonVerdict(
      isRight: place == right, said: options[place].say, truth: options[right].say,
      why: options[place].why)
  }

  private func number(
    _ guess: Double, _ question: NumberQuestion, _ evidence: LessonEvidence
  ) -> LessonVerdict? {
    guard let truth = evidence.value(of: question.truth) else { return nil }
    let isRight = abs(guess - truth) <= question.tolerance * abs(truth) + 1e-12
    let miss = question.misses.first {
      evidence.holds($0.condition, variables: ["guess": guess, "truth": truth]) == true
    }
    return LessonVerdict(
      isRight: isRight, said: NumberText.short(guess), truth: NumberText.short(truth, digits: 3),
      why: isRight ? nil : miss?.why)
  }

  /// The places of items by what is measured, the largest first.
  private static func order(_ items: [Item], _ evidence: LessonEvidence) -> [Int]? {
    let values = items.map { evidence.value(of: $0.value) }
    let known = values.compactMap { $0 }
    guard known.count == items.count else { return nil }
    return items.indices.sorted { (known[$0], $1) > (known[$1], $0) }
  }

  private func order(
    _ places: [Int], of items: [Item], _ evidence: LessonEvidence
  ) -> LessonVerdict? {
    guard Set(places) == Set(items.indices), let right = Self.order(items, evidence) else {
      return nil
    }
    func words(_ places: [Int], withValues: Bool) -> String {
      places.map { place in
        let value = withValues ? evidence.value(of: items[place].value) : nil
        return items[place].say + (value.map { " (\(NumberText.short($0)))" } ?? "")
      }.joined(separator: ", ")
    }
    return LessonVerdict(
      isRight: places == right, said: words(places, withValues: false),
      truth: words(right, withValues: true))
  }

  private func drawn(
    _ values: [Double], _ curve: CurveQuestion, _ evidence: LessonEvidence
  ) -> LessonVerdict? {
    guard values.count == curve.places.count, let truths = curve.truths(evidence) else {
      return nil
    }
    let width = curve.range.upperBound - curve.range.lowerBound
    // What is beyond the range can only be drawn at its edge.
    let gaps = zip(values, truths).map { value, truth in
      abs(value - min(max(truth, curve.range.lowerBound), curve.range.upperBound))
    }
    let off = gaps.reduce(0, +) / Double(gaps.count) / width
    return LessonVerdict(
      isRight: off <= curve.tolerance,
      said: "off by \(NumberText.short(100 * off, digits: 2))% of the height",
      truth: "the second curve")
  }
}

extension LessonQuestion {
  private func marked(
    _ fields: Set<Int>, _ question: FieldQuestion, _ evidence: LessonEvidence
  ) -> LessonVerdict? {
    guard !fields.isEmpty, fields.allSatisfy((0..<question.area.count).contains),
      let right = question.truths(evidence), !right.isEmpty
    else { return nil }
    let isRight = question.isRight(fields, right)
    let why = isRight ? nil : question.why(fields, evidence)
    let area = question.area
    if question.isPlace, let place = fields.first, fields.count == 1 {
      let nearest = area.nearest(to: place, in: right) ?? place
      return LessonVerdict(
        isRight: isRight, said: area.words(of: place), truth: area.words(of: nearest), why: why)
    }
    func percent(_ part: Int, of whole: Int) -> String {
      "\(Int((100 * Double(part) / Double(whole)).rounded()))%"
    }
    let shared = fields.intersection(right).count
    return LessonVerdict(
      isRight: isRight,
      said: "\(percent(shared, of: right.count)) of it; "
        + "\(percent(fields.count - shared, of: fields.count)) of yours is outside",
      truth: area.words(of: right), why: why)
  }
}

extension LessonQuestion.CurveQuestion {
  /// The true values at the places; nil while they are not known.
  package func truths(_ evidence: LessonEvidence) -> [Double]? {
    let values = places.compactMap { evidence.value(of: truth, variables: ["x": $0]) }
    return values.count == places.count ? values : nil
  }
}
