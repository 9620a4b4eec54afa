import NumberFormatting
package import ScoreLab
package import ScoreTheory

extension Minimisers {
  /// How far they are, a line each.
  package var standingWords: [String] {
    switch (population, empirical) {
    case (.missing(let obstacle), _): ["no parts: \(obstacle.text)"]
    case (.known(let population), .known(let empirical)):
      ["s^a \(population.words); s^b \(empirical.words)"]
    case (.known(let population), .missing(let obstacle)):
      ["s^a \(population.words); no s^b: \(obstacle.text)"]
    }
  }
}

extension MinimiserSearch.Standing {
  /// What it is, in a word or two.
  package var state: String {
    switch self {
    case .collecting: "collecting"
    case .exact: "exact"
    case .unsolvable: "unsolvable"
    case .descent(_, _, _, let ending):
      switch ending {
      case nil: "converging"
      case .converged?: "converged"
      case .stalled?: "stalled"
      case .outOfSteps?: "not converged"
      }
    }
  }

  /// The same with how far it is.
  var words: String {
    switch self {
    case .collecting(let share): "\(Int(100 * share))% of its rows"
    case .exact: state
    case .unsolvable: "not known: features depend on one another"
    case .descent(let steps, _, let norm, _):
      "\(state) after \(steps) steps, gradient \(NumberText.short(norm, digits: 2))"
    }
  }
}
