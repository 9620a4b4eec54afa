import Glibc
import Testing

@testable import ScoreCore

@Suite struct NoisyBatchTests {
  static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)

  private func batch(count: Int, levels: LevelDraw, step: Int = 0) -> NoisyBatch {
    var stream = RandomStream(seed: 1, purpose: .test, index: UInt64(step))
    return NoisyBatch(
      clean: ReferenceGaussian(dimension: 2).sample(count: count, using: &stream), levels: levels,
      process: Self.process, seed: 9, step: step)
  }

  @Test(
    "Each row is alpha x_0 + sigma z at a level of its own stratum", arguments: LevelDraw.allCases)
  func rows(levels: LevelDraw) {
    let batch = batch(count: 333, levels: levels)
    let recorded = RecordedBatch(batch)
    let range = Self.process.logSNRRange
    for row in 0..<333 {
      let level = Self.process.level(atLogSNR: recorded.logSNR[row])
      let u =
        switch levels {
        case .uniformLogSNR:
          (level.logSNR - range.lowerBound) / (range.upperBound - range.lowerBound)
        case .uniformTime:
          (-log(level.alpha) - Self.process.stop) / (Self.process.horizon - Self.process.stop)
        }
      // A float32 log ratio places the row to about 1e-6 of the range.
      #expect(u * 333 > Double(row) - 0.001 && u * 333 < Double(row) + 1.001)
      for axis in 0..<2 {
        let noisy = level.alpha * batch.clean[row, axis] + level.sigma * recorded.noise[row][axis]
        #expect(abs(recorded.points[row][axis] - noisy) < 3e-6)
      }
    }
  }

  @Test("The noise is standard normal and new in every step")
  func noise() {
    var values: [Double] = []
    for step in 0..<40 {
      values += RecordedBatch(batch(count: 500, levels: .uniformTime, step: step)).noise.flatMap {
        $0
      }
    }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let second = values.reduce(0) { $0 + $1 * $1 } / n
    let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n
    // Five standard errors; the variances of z, z^2 and z^4 are 1, 2 and 96.
    #expect(abs(mean) < 5 / n.squareRoot())
    #expect(abs(second - 1) < 5 * (2 / n).squareRoot())
    #expect(abs(fourth - 3) < 5 * (96 / n).squareRoot())
    // A repeated stream would repeat whole rows; single float32 values meet by chance.
    let rows = stride(from: 0, to: values.count, by: 2).map { [values[$0], values[$0 + 1]] }
    #expect(Set(rows).count == rows.count)
  }

  @Test("A fixed training set is drawn from evenly and a fresh one never repeats")
  func trainingSets() {
    let points = Points(values: (0..<20).map { Double($0) }, dimension: 1)
    var counts = [Int](repeating: 0, count: 20)
    for step in 0..<100 {
      for value in TrainingSet.fixed(points).batch(count: 100, step: step, seed: 3).values {
        counts[Int(value)] += 1
      }
    }
    // Chi-squared with 19 degrees of freedom: mean 19, deviation 6.2.
    let chi = counts.reduce(0.0) { $0 + (Double($1) - 500) * (Double($1) - 500) / 500 }
    #expect(chi < 19 + 5 * 6.2 && chi > 2)
    let fresh = TrainingSet.make(from: ReferenceGaussian(), count: nil, seed: 3)
    let drawn = (0..<20).flatMap { fresh.batch(count: 50, step: $0, seed: 3).values }
    #expect(Set(drawn).count == 1000)
    let made = TrainingSet.make(from: ReferenceGaussian(), count: 30, seed: 3)
    guard case .fixed(let set) = made else {
      Issue.record("A count makes a fixed set.")
      return
    }
    #expect(set.count == 30)
  }
}
