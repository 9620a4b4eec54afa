/// The units of an experiment's work by kind, in the order in which they are done.
struct UnitPlan<Unit> {
  /// How many units of a kind there are, and the unit at a place among them.
  typealias Part = (count: Int, unit: (Int) -> Unit)

  private let parts: [Part]

  init(_ parts: [Part]) { self.parts = parts }

  var count: Int { parts.reduce(0) { $0 + $1.count } }

  /// The unit at a place among all of them; nil beyond the last.
  subscript(place: Int) -> Unit? {
    var place = place
    for part in parts {
      if place < part.count { return part.unit(place) }
      place -= part.count
    }
    return nil
  }
}

extension Session {
  /// The training steps of one unit.
  static let trainingPerUnit = 25

  /// How many units some training steps are.
  static func trainingUnits(_ steps: Int) -> Int {
    (steps + trainingPerUnit - 1) / trainingPerUnit
  }

  /// Trains until a number of steps is done in all, or training diverges.
  mutating func train(to target: Int) {
    while step < target, divergence == nil { _ = trainStep() }
  }
}
