/// A question that is answered in the picture: by placing a particle, or by marking a region.
package struct FieldQuestion: Sendable {
  package enum Form: Sendable, Equatable {
    /// One place of those where the truth holds.
    case place
    /// All of them; it is right where the part that both regions share is at least so much of what they
    /// cover together.
    case region(overlap: Double)
  }

  package var form: Form
  package var area: FieldArea
  /// What holds at the right places, all of it: conditions on the coordinates.
  package var truth: [LessonCondition]
  /// Usual wrong places, or regions: conditions on the coordinates.
  package var misses: [LessonQuestion.Miss]

  package var isPlace: Bool { form == .place }

  /// The right fields.
  ///
  /// - Parameter evidence: What is known.
  /// - Returns: The fields in whose middle everything holds; nil while nothing is known of any.
  package func truths(_ evidence: LessonEvidence) -> Set<Int>? { fields(where: truth, evidence) }

  private func fields(
    where conditions: [LessonCondition], _ evidence: LessonEvidence
  ) -> Set<Int>? {
    // What does not depend on the place is worked out once.
    let conditions = conditions.map { evidence.folding($0) }
    var (found, isKnown): (Set<Int>, Bool) = ([], false)
    for field in 0..<area.count {
      let variables = area.variables(of: field)
      let held = conditions.map { evidence.holds($0, variables: variables) }
      if held.contains(where: { $0 != nil }) { isKnown = true }
      if held.allSatisfy({ $0 == true }) { found.insert(field) }
    }
    return isKnown ? found : nil
  }

  /// The part that two regions share, of what they cover together.
  static func overlap(_ first: Set<Int>, _ second: Set<Int>) -> Double {
    let union = first.union(second).count
    return union == 0 ? 0 : Double(first.intersection(second).count) / Double(union)
  }

  /// Whether fields are the right ones.
  func isRight(_ fields: Set<Int>, _ right: Set<Int>) -> Bool {
    switch form {
    case .place: fields.count == 1 && fields.isSubset(of: right)
    case .region(let least): Self.overlap(fields, right) >= least
    }
  }

  /// Why somebody may have answered this.
  func why(_ fields: Set<Int>, _ evidence: LessonEvidence) -> String? {
    misses.first { miss in
      switch form {
      case .place:
        fields.first.map { evidence.holds(miss.condition, variables: area.variables(of: $0)) }
          == true
      case .region(let least):
        self.fields(where: [miss.condition], evidence).map { Self.overlap(fields, $0) >= least }
          ?? false
      }
    }?.why
  }
}

extension LessonEvidence {
  /// A condition in which everything that depends on no variable is a number, where it is known.
  func folding(_ condition: LessonCondition) -> LessonCondition {
    var folded = condition
    (folded.left, folded.right) = (folding(condition.left), folding(condition.right))
    return folded
  }

  private func folding(_ expression: LessonExpression) -> LessonExpression {
    if !expression.hasVariables, let value = value(of: expression) { return .number(value) }
    switch expression {
    case .number, .variable: return expression
    case .negated(let inner): return .negated(folding(inner))
    case .function(let function, let inner): return .function(function, folding(inner))
    case .operation(let sign, let left, let right):
      return .operation(sign, folding(left), folding(right))
    case .quantity(let quantity, let arguments):
      return .quantity(
        quantity,
        arguments.map { argument in
          switch argument {
          case .value(let inner): .value(folding(inner))
          case .word: argument
          }
        })
    }
  }
}
