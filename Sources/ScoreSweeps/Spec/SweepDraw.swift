import ScoreCore

/// How the points of a sweep are drawn.
package enum SweepDraw: Sendable, Equatable {
  /// Every combination of the values, the last key changing fastest.
  case grid
  /// Independent uniform draws along every key, so many.
  case random(count: Int)
  /// The first points of Sobol's sequence, so many.
  case sobol(count: Int)

  package static let names = ["grid", "random", "sobol"]

  var name: String {
    switch self {
    case .grid: "grid"
    case .random: "random"
    case .sobol: "sobol"
    }
  }

  /// How many points; nil for a grid, which counts its values.
  var count: Int? {
    switch self {
    case .grid: nil
    case .random(let count), .sobol(let count): count
    }
  }
}

/// The points of a sweep by number, none of them kept.
struct SweepPoints: Sendable {
  private let keys: [SweepKey]
  private let grid: [[String]]
  private let draw: SweepDraw
  private let seed: UInt64
  private let sobol: SobolSequence?
  /// How many there are, those that conditions leave out included.
  let count: Int

  init(_ spec: SweepSpec) {
    keys = spec.keys
    draw = spec.draw
    seed = spec.seed
    grid = spec.keys.map { $0.gridValues ?? [] }
    switch draw {
    case .grid:
      sobol = nil
      count = grid.reduce(1) { $0 * $1.count }
    case .random(let count):
      sobol = nil
      self.count = count
    case .sobol(let count):
      sobol = SobolSequence(axes: max(1, keys.count))
      self.count = count
    }
  }

  /// The values of a point, one for each key, in YAML.
  ///
  /// - Parameter number: From 0.
  subscript(number: Int) -> [String] {
    switch draw {
    case .grid:
      var rest = number
      var values: [String] = []
      for axis in grid.reversed() {
        values.append(axis[rest % axis.count])
        rest /= axis.count
      }
      return values.reversed()
    case .random:
      var stream = RandomStream(seed: seed, purpose: .sweepPoints, index: UInt64(number))
      return keys.map { $0.value(at: stream.uniform()) }
    case .sobol:
      guard let sobol else { return [] }
      return zip(keys, sobol[number]).map { $0.value(at: $1) }
    }
  }
}
