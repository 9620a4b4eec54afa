import ScoreCore

/// The step of the least loss at inputs that were held out, seen only once descent has ended.
///
/// Source: Stone 1974, "Cross-validatory choice and assessment of statistical predictions", JRSS B 36.
public struct HoldOutStopping: StoppingRule, Equatable {
  public init() {}

  public func place(in course: StoppingCourse) -> Int? {
    course.heldOutLoss.flatMap { losses in losses.indices.min { losses[$0] < losses[$1] } }
  }
}

/// The best step so far once the loss at inputs that were held out has not fallen for some evaluations.
///
/// Unlike ``HoldOutStopping`` it can be used while descent is under way.
///
/// Source: Prechelt 1998, "Early Stopping - But When?", Neural Networks: Tricks of the Trade, for the
/// criteria by successive evaluations.
public struct PatienceStopping: StoppingRule, Equatable {
  /// How many evaluations without a new least loss end it, at least 1.
  public let patience: Int

  public init(patience: Int) {
    precondition(patience >= 1, "Patience is of at least one evaluation.")
    self.patience = patience
  }

  public func place(in course: StoppingCourse) -> Int? {
    guard let losses = course.heldOutLoss else { return nil }
    var best = 0
    for place in losses.indices {
      if losses[place] < losses[best] { best = place }
      if place - best >= patience { break }
    }
    return best
  }
}

extension CatalogEntry where Member == any StoppingRule {
  static let holdOut = Self(
    name: "hold_out", summary: "the least held-out loss of the whole course", source: "Stone 1974"
  ) { _ in HoldOutStopping() }

  static let patience = Self(
    name: "patience", summary: "the best held-out loss once it has not fallen for a while",
    source: "Prechelt 1998",
    parameters: [
      ParameterDescription(
        "patience", "evaluations without a new least loss", .integer(default: 5, range: 1...1000))
    ]
  ) { PatienceStopping(patience: $0.integer("patience")) }
}
