import CVectorKernels
import Glibc
import Testing

@testable import ScoreCore

/// The running average in float32 against the same recursion in float64.
@Suite struct WeightAverageTests {
  /// Weights that settle while they jitter, as those of a run do: a drift to 1 + k / 64 and noise.
  private func weights(step: Int, into p: inout [Float]) {
    let share = 1 - exp(-Double(step) / 30_000)
    for k in p.indices {
      let jitter = 0.01 * sin(Double(step) * (1.1 + 0.37 * Double(k)))
      p[k] = Float((1 + Double(k) / 64) * share + jitter)
    }
  }

  @Test(
    "It reaches weights at rest along the exact geometric curve, however slow the decay",
    arguments: [0.999, 0.9999, 0.99999, 0.999999])
  func rest(decay: Double) {
    let p = (0..<5).map { Float(1 + Double($0) / 3) }
    var (average, rest) = ([Float](repeating: 0.5, count: 5), [Float](repeating: 0, count: 5))
    let rate = Float(1 - decay)
    let steps = min(1_000_000, Int(12 / (1 - decay)))
    for _ in 0..<steps { sf_average(&average, &rest, p, 5, rate) }
    let left = exp(Double(steps) * log1p(-Double(rate)))
    for k in 0..<5 {
      let exact = Double(p[k]) - (Double(p[k]) - 0.5) * left
      // Half a unit in the last place, and as much for the rounding of steps. Without the rest the
      // average stands still 5e-5, 5e-4 and 5e-3 off, or is 7e-3 behind.
      #expect(abs(Double(average[k]) / exact - 1) < 1.2e-7, "\(average[k]) for \(exact)")
    }
  }

  @Test(
    "It follows moving weights as the recursion in float64 does",
    arguments: [0.9, 0.999, 0.9999, 0.99999])
  func movingWeights(decay: Double) {
    let count = 37  // no multiple of a vector
    var average = [Float](repeating: 0, count: count)
    var (rest, p) = (average, average)
    var exact = [Double](repeating: 0, count: count)
    let rule = WeightAverage(decay: decay)
    for step in 1...100_000 {
      weights(step: step, into: &p)
      let rate = 1 - rule.decay(step: step)
      sf_average(&average, &rest, p, count, Float(rate))
      for k in exact.indices { exact[k] += rate * (Double(p[k]) - exact[k]) }
    }
    var largest = 0.0
    for k in exact.indices {
      largest = max(largest, abs(Double(average[k]) / exact[k] - 1))
      // The rest is what float32 cannot hold, not more.
      #expect(abs(rest[k]) <= average[k].ulp / 2)
    }
    // Half a unit in the last place, 6e-8, and as much for the rounding of the rate and of steps.
    // Without the rest the gap is 2e-7, 2e-6, 1e-5 and 9e-6, though the jitter helps it.
    #expect(largest < 1.2e-7, "largest relative gap \(largest)")
  }

  @Test("Without decay the average is the weights")
  func noAverage() {
    var (average, rest): ([Float], [Float]) = ([1, 2e30, -3], [1e-9, 0, 0])
    let p: [Float] = [1e-10, 0.1, .pi]
    sf_average(&average, &rest, p, 3, Float(1 - WeightAverage(decay: 0).decay(step: 9)))
    #expect(average == p && rest == [0, 0, 0])
  }
}
