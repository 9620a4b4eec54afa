import Glibc
import ScoreCore
import ScoreLab

/// What the training sets are drawn from and compared with; a test gives it a wrong part to see the
/// checks fail.
struct FiniteClassWorld: Sendable {
  /// The mass of the tail on which a class's candidates are wrong.
  var eventMass: @Sendable (SignClass) -> Double = { $0.eventMass }
  /// The error of a class's candidates, times sigma_t.
  var accuracy: @Sendable (SignClass) -> Double = { $0.accuracy }
  /// The cells in which a class's candidates differ.
  var cells: @Sendable (SignClass) -> Int = { $0.cells }
  /// The noise of the training samples, relative to what it should be.
  var noiseFactor = 1.0
  /// The true score is this times -x.
  var scoreFactor = 1.0
  /// The mass of the events of the excess losses, relative to what it should be.
  var excessMassFactor = 1.0
  /// Whether a candidate of the spread class that has been chosen is wrong on more than a share of
  /// the line, from the sums and counts of its cells.
  var isSpreadWrong: @Sendable (CellSums, SpreadClass, _ delta: Double) -> Bool = {
    sums, spread, delta in
    Double(sums.wrongCells(strength: spread.strength)) > delta * Double(spread.cells)
  }
}

/// What the empirical risk of a class needs of its samples: their numbers in each cell, and the sums
/// of `Delta sigma_t/alpha`, standard normal for the exact score.
struct CellSums: Sendable {
  var counts: [Double]
  var sums: [Double]

  init(cells: Int) {
    counts = Array(repeating: 0, count: cells)
    sums = Array(repeating: 0, count: cells)
  }

  /// The least empirical risk of any pattern over that of the truth, in units of
  /// `2 eps alpha/sigma_t^2`: below 0 where a wrong one is chosen.
  func bestExcess(strength a: Double) -> Double {
    zip(counts, sums).reduce(0) { $0 + a * $1.0 - abs($1.1) }
  }

  /// The same of the pattern that is too high in every cell.
  func fixedExcess(strength a: Double) -> Double {
    zip(counts, sums).reduce(0) { $0 + a * $1.0 + $1.1 }
  }

  /// The cells in which a wrong value has a smaller risk than the right one.
  ///
  /// Without a sample all are alike; every second such cell counts as wrong.
  func wrongCells(strength a: Double) -> Int {
    var (wrong, empty) = (0, 0)
    for (count, sum) in zip(counts, sums) {
      if count == 0 { empty += 1 } else if abs(sum) > a * count { wrong += 1 }
    }
    return wrong + empty / 2
  }
}

/// One training set that grows: looked at again and again on the way.
struct TrainingWalk {
  private var stream: RandomStream
  private let level: NoiseLevel
  private let world: FiniteClassWorld
  private var normals = [Double](repeating: 0, count: 8192)
  private(set) var done = 0

  init(stream: RandomStream, level: NoiseLevel, world: FiniteClassWorld) {
    self.stream = stream
    self.level = level
    self.world = world
  }

  /// Draws samples until there are `count`, calling `add` with each noisy point above a threshold
  /// and its `Delta sigma_t/alpha`.
  mutating func advance(
    to count: Int, above threshold: Double, _ add: (_ x: Double, _ noise: Double) -> Void
  ) {
    let (alpha, sigma) = (level.alpha, level.sigma)
    while done < count {
      let rows = min(normals.count / 2, count - done)
      normals.withUnsafeMutableBufferPointer {
        stream.fillNormals(.init(rebasing: $0[..<(2 * rows)]))
      }
      for row in 0..<rows {
        let z = normals[2 * row + 1]
        let x = alpha * normals[2 * row] + sigma * z
        guard x > threshold else { continue }
        add(x, (world.noiseFactor * z - world.scoreFactor * sigma * x) / alpha)
      }
      done += rows
    }
  }

  /// Decides a tie.
  mutating func coin() -> Bool { stream.uniform() < 0.5 }
}
