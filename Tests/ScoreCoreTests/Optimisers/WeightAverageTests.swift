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
    "It follows the recursion in float64 however slow the decay",
    arguments: [0.9, 0.999, 0.9999, 0.99999, 0.999999])
  func slowDecay(decay: Double) {
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
    // Half a unit in the last place, 6e-8, and the rounding of the rate and of single steps, as
    // much. Without the rest the gap is 2e-6, 6e-5, 7e-4, 3e-3 and 0.1.
    #expect(largest < 2e-7, "largest relative gap \(largest)")
  }

  @Test("Without decay the average is the weights")
  func noAverage() {
    var (average, rest): ([Float], [Float]) = ([1, 2e30, -3], [1e-9, 0, 0])
    let p: [Float] = [1e-10, 0.1, .pi]
    sf_average(&average, &rest, p, 3, Float(1 - WeightAverage(decay: 0).decay(step: 9)))
    #expect(average == p && rest == [0, 0, 0])
  }
}
