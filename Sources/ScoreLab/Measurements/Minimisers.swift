package import ScoreTheory

/// What is known of the scores of a run's class that its losses are least at.
package struct Minimisers: Sendable, Equatable {
  /// One of them.
  package enum Side: Sendable, Equatable {
    case known(MinimiserSearch.Standing)
    case missing(Obstacle)
  }

  /// Why there is none.
  package enum Obstacle: Sendable, Equatable {
    case huber
    case bank
    case projected
    case judged
    case conditional
    case freshPoints
    case tooMany(String, limit: Int)
  }

  /// s^a, of the loss over the distribution itself.
  package var population: Side
  /// s^b, of the loss over the training set.
  package var empirical: Side
  /// How many times a score has changed: equal numbers are equal scores.
  package var revision = 0

  package init(population: Side, empirical: Side) {
    self.population = population
    self.empirical = empirical
  }
}

extension Minimisers.Obstacle {
  /// Why, in one sentence without its end.
  package var text: String {
    switch self {
    case .huber: "the loss is Huber's (objective.huber_length), and the squared loss has them"
    case .bank: "each network of a bank (objective.levels) has its own"
    case .projected: "objective.support_radius projects scores, and the loss does not"
    case .judged: "the score is someone else's and has no class"
    case .conditional: "a network that is given the class (network.condition) has one for each"
    case .freshPoints: "every step draws fresh points; set training_set.count to a number"
    case .tooMany(let what, let limit): "more than \(limit) \(what)"
    }
  }
}
