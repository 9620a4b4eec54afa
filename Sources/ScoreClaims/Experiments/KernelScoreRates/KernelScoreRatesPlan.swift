import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// Measures kernel scores on data sets of every law.
struct KernelScoreRatesPlan: ExperimentPlan {
  enum Unit: Codable, Hashable, Sendable {
    /// Errors on one data set.
    case errors(ScoreLaw, set: Int)
    /// The best stop on a batch of data sets.
    case stop(ScoreLaw, batch: Int)
    /// The kernel score against a Gaussian mixture's.
    case agreement
  }

  enum Record: Codable, Sendable {
    case errors(SetErrors)
    case stop(BatchStops)
    /// The largest relative difference.
    case agreement(Double)
  }

  /// Squared L2 errors on one data set.
  struct SetErrors: Codable, Sendable {
    /// At the middle t for each n.
    var byCount: [Double]
    /// For each rule of the bandwidth that the law has, with all points, at the t whose power is measured; for the noise
    /// alone at each t.
    var byTime: [[Double]]
    /// Of no score and of one Gaussian, at each t.
    var zero: [Double]
    var gaussian: [Double]
  }

  /// Where to stop best, for each n.
  struct BatchStops: Codable, Sendable {
    var times: [Double]
    /// The total variation distance there, and at the least and the largest stop.
    var distances: [Double]
    var least: [Double]
    var largest: [Double]
  }

  static var lanes: Int { 4 }

  let values: KernelScoreRates
  let seed: UInt64
  /// How many of n points an estimate has; all but in tests.
  var usedPoints: @Sendable (Int) -> Int = { $0 }
  /// A bandwidth that is added where the noise alone is said to be it; 0 but in tests.
  var addedBandwidth = 0.0
  /// The factor on Silverman's bandwidths; 1 but in tests.
  var ruleFactor = 1.0

  var units: [Unit] {
    ScoreLaw.allCases.reversed().flatMap { law in
      (0..<values.repeats).map { .errors(law, set: $0) }
    }
      + ScoreLaw.onLine.flatMap { law in
        (0..<KernelScoreRates.batchCount).map { .stop(law, batch: $0) }
      } + [.agreement]
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .errors(let law, let set):
      "errors, \(law.name), data set \(set + 1) of \(values.repeats)"
    case .stop(let law, let batch):
      "best stop, \(law.name), batch \(batch + 1) of \(KernelScoreRates.batchCount)"
    case .agreement: "kernel score against a mixture's"
    }
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    SingleStep {
      switch unit {
      case .errors(let law, let set): .errors(errors(law, set: set))
      case .stop(let law, let batch): .stop(stops(law, batch: batch))
      case .agreement: .agreement(agreement)
      }
    }
  }

  func findings(_ records: Records) -> KernelScoreRatesFindings {
    KernelScoreRatesFindings(self, records)
  }
}

extension KernelScoreRatesPlan {
  private func stream(_ part: UInt64, _ law: ScoreLaw, _ a: Int, _ b: Int = 0) -> RandomStream {
    let place = UInt64(ScoreLaw.allCases.firstIndex(of: law) ?? 0)
    return RandomStream(
      seed: seed, purpose: .experiment,
      index: part << 56 | place << 48 | UInt64(a) << 24 | UInt64(b))
  }

  /// Points where the estimate of the density is below that of a few at the kernel's peak get no score.
  private func score(_ data: Points, time: Double, bandwidth: Double) -> KernelDensityScore {
    let peak = pow(2 * .pi * time, -Double(data.dimension) / 2)
    return KernelDensityScore(data: data, floor: values.floor * peak / Double(data.count)) { _ in
      bandwidth
    }
  }

  private func silverman(_ data: Points) -> Double {
    let d = Double(data.dimension)
    let deviation = (moments(data).variance).squareRoot()
    return deviation * pow(4 / (d + 2) / Double(data.count), 1 / (d + 4))
  }

  /// The mean, and the mean variance over the axes.
  private func moments(_ data: Points) -> (mean: [Double], variance: Double) {
    let (n, d) = (Double(data.count), data.dimension)
    let mean = (0..<d).map { data.column($0).reduce(0, +) / n }
    var square = 0.0
    for axis in 0..<d {
      for x in data.column(axis) { square += (x - mean[axis]) * (x - mean[axis]) }
    }
    return (mean, square / n / Double(d))
  }

  /// A noisy law as a grid with masses and exact scores.
  private struct Grid: Sendable {
    let points: Points
    let masses: [Double]
    let scores: Points

    /// The mean squared distance of scores at the points from the exact ones.
    func error(_ found: Points) -> Double {
      var (sum, mass) = (0.0, 0.0)
      let d = found.dimension
      for row in masses.indices {
        for axis in 0..<d {
          let gap = found[row, axis] - scores[row, axis]
          sum += masses[row] * gap * gap
        }
        mass += masses[row]
      }
      return sum / mass
    }
  }

  /// The trapezoidal rule on a grid of half the noise, in the plane of the noise, which is enough for what is
  /// smooth over that length; without points of less than `e^-18` of
  /// the largest density.
  private func grid(_ law: ScoreLaw, time: Double) -> Grid {
    let (level, d) = (NoiseLevel(time: time), law.dimension)
    let reach = values.reach(law) + 6 * level.sigma
    let count = Int((2 * reach / level.sigma * (d == 1 ? 2 : 1)).rounded(.up))
    let axis = (0...count).map { -reach + 2 * reach * Double($0) / Double(count) }
    let all = Points(
      values: d == 1 ? axis : axis.flatMap { x in axis.flatMap { [x, $0] } }, dimension: d)
    let distribution = values.distribution(law)
    let logs = distribution.logDensity(at: all, level: level)
    let least = (logs.max() ?? 0) - 18
    let kept = logs.indices.filter { logs[$0] > least }
    let points = Points(values: kept.flatMap { all.row($0) }, dimension: d)
    return Grid(
      points: points, masses: kept.map { exp(logs[$0]) },
      scores: distribution.score(at: points, level: level))
  }

  func errors(_ law: ScoreLaw, set: Int) -> SetErrors {
    let times = values.times(law)
    var stream = stream(1, law, set)
    let all = values.distribution(law).sample(count: values.mostPoints, using: &stream)
    let grids = times.map { grid(law, time: $0) }
    func error(_ data: Points, _ place: Int, bandwidth: Double) -> Double {
      let score = score(data, time: times[place], bandwidth: bandwidth)
      return grids[place].error(
        score.score(at: grids[place].points, level: .init(time: times[place])))
    }
    let data = all.rows(0..<usedPoints(values.mostPoints))
    let (rule, moments) = (ruleFactor * silverman(data), moments(data))
    let byTime = law.rules.map { choice in
      let bandwidth = choice == .none ? addedBandwidth : choice.factor * rule
      let count = choice == .none ? times.count : values.usedTimes(law)
      return (0..<count).map { error(data, $0, bandwidth: bandwidth) }
    }
    return SetErrors(
      byCount: values.counts.map {
        error(all.rows(0..<usedPoints($0)), KernelScoreRates.middle, bandwidth: addedBandwidth)
      }, byTime: byTime,
      zero: grids.map { $0.error(Points(zeros: $0.points.count, dimension: law.dimension)) },
      gaussian: zip(times, grids).map { time, grid in
        var found = grid.points
        for row in 0..<found.count {
          for axis in 0..<law.dimension {
            found[row, axis] =
              (moments.mean[axis] - found[row, axis]) / (moments.variance + time)
          }
        }
        return grid.error(found)
      })
  }

  // MARK: - Where to stop

  func stops(_ law: ScoreLaw, batch: Int) -> BatchStops {
    // Samples lie beyond the law's support too.
    let (distribution, reach) = (values.distribution(law), values.reach(law) + 1)
    let grid = (0..<400).map { -reach + 2 * reach * (Double($0) + 0.5) / 400 }
    let exact = distribution.logDensity(
      at: Points(values: grid, dimension: 1), level: NoiseLevel(alpha: 1, sigma: 0)
    ).map { exp($0) }
    let size = values.stopSets / KernelScoreRates.batchCount
    let curves = values.counts.map { n -> [Double] in
      var sums = KernelScoreRates.stops.map { _ in 0.0 }
      for index in 0..<size {
        var stream = stream(2, law, n, batch * size + index)
        let data = distribution.sample(count: n, using: &stream).values.prefix(usedPoints(n))
        let sorted = data.sorted()
        for (place, time) in KernelScoreRates.stops.enumerated() {
          let width = (time + addedBandwidth * addedBandwidth).squareRoot()
          var distance = 0.0
          for (x, p) in zip(grid, exact) { distance += abs(Self.density(sorted, x, width) - p) }
          sums[place] += distance * reach / 400 / Double(size)
        }
      }
      return sums
    }
    return BatchStops(
      times: curves.map(Self.bestStop), distances: curves.map { $0.min() ?? .nan },
      least: curves.map { $0[0] }, largest: curves.map { $0[$0.count - 1] })
  }

  /// The kernel estimate's density: that of the samples which the exact reverse process with the
  /// empirical score has at a stop of that variance.
  static func density(_ sorted: [Double], _ x: Double, _ width: Double) -> Double {
    func below(_ value: Double) -> Int {
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle] < value { low = middle + 1 } else { high = middle }
      }
      return low
    }
    var sum = 0.0
    for i in below(x - 6 * width)..<below(x + 6 * width) {
      let z = (sorted[i] - x) / width
      sum += exp(-z * z / 2)
    }
    return sum / (width * (2 * .pi).squareRoot() * Double(sorted.count))
  }

  /// The least place of a curve over the stops, by the parabola through its three lowest neighbours.
  static func bestStop(_ curve: [Double]) -> Double {
    let stops = KernelScoreRates.stops
    let place = curve.indices.min { curve[$0] < curve[$1] } ?? 0
    guard place > 0, place < curve.count - 1 else { return stops[place] }
    let (a, b, c) = (curve[place - 1], curve[place], curve[place + 1])
    let bend = a - 2 * b + c
    let shift = bend > 0 ? (a - c) / (2 * bend) : 0
    return stops[place] * pow(stops[1] / stops[0], shift)
  }

  // MARK: - Another method

  /// The kernel score without a floor against a mixture with a part at each point, in the plane.
  private var agreement: Double {
    var stream = stream(3, .planeMixture, 0)
    let data = values.distribution(.planeMixture).sample(count: 200, using: &stream)
    let (level, h) = (NoiseLevel(alpha: 0.8, sigma: 0.3), 0.2)
    let mixture = IsotropicMixture(
      means: data, deviations: Array(repeating: h, count: data.count))
    let x = stream.normals(count: 200, dimension: 2)
    let added = addedBandwidth
    let found = KernelDensityScore(data: data) { _ in h + added }.score(at: x, level: level)
    let exact = mixture.score(at: x, level: level)
    return zip(found.values, exact.values).map { abs($0 - $1) / (1 + abs($1)) }.max() ?? .nan
  }
}

extension NoiseLevel {
  /// Noise of a variance on data as they are.
  fileprivate init(time: Double) { self.init(alpha: 1, sigma: time.squareRoot()) }
}
