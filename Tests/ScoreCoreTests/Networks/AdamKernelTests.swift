import CVectorKernels
import Glibc
import ScoreCore
import Testing

/// The Adam kernel against the formulas of Algorithm 1 in float64.
@Suite struct AdamKernelTests {
  /// Numbers of both signs from 1e-12 to 1e4, with zeros and denormals among them.
  private func spread(_ count: Int, index: UInt64) -> [Float] {
    var stream = RandomStream(seed: 8, purpose: .test, index: index)
    return (0..<count).map { i in
      switch i % 19 {
      case 0: 0
      case 1: 7000 * Float.leastNonzeroMagnitude  // a denormal
      case 2: -1e4
      default: Float(pow(10, -12 + 16 * stream.uniform()) * (stream.uniform() < 0.5 ? -1 : 1))
      }
    }
  }

  @Test("One update agrees with float64 over sixteen orders of magnitude", arguments: [1, 3])
  func update(lanes: Int) {
    // Longer than two blocks of the kernel, and no multiple of a vector.
    let (count, stride) = (1317, 1400)
    let start = spread(count, index: 0)
    let firstStart = spread(count, index: 1)
    let secondStart = spread(count, index: 2).map { abs($0) }
    let averageStart = spread(count, index: 3)
    let gradients = spread(lanes * stride, index: 4)
    let settings = sf_adam_settings(
      rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, correction1: 2, correction2: 30,
      average_decay: 0.99)
    var (parameters, first, second, average) = (start, firstStart, secondStart, averageStart)
    sf_adam(
      &parameters, &first, &second, &average, gradients, stride, lanes, count, settings)

    let (beta1, beta2) = (Double(settings.beta1), Double(settings.beta2))
    let decay = Double(settings.average_decay)
    for i in 0..<count {
      let terms = (0..<lanes).map { Double(gradients[$0 * stride + i]) }
      let (g, size) = (terms.reduce(0, +), terms.reduce(0) { $0 + abs($1) })
      let m = beta1 * Double(firstStart[i]) + (1 - beta1) * g
      let v = beta2 * Double(secondStart[i]) + (1 - beta2) * g * g
      let mScale = abs(beta1 * Double(firstStart[i])) + (1 - beta1) * size
      // Rounding is 2^-24 an operation, a handful of operations each; 1e-44 is the smallest
      // denormals' own rounding. The step is computed from the kernel's own moments.
      #expect(abs(Double(first[i]) - m) <= 4e-7 * mScale + 1e-44)
      let vScale = beta2 * Double(secondStart[i]) + (1 - beta2) * size * size
      #expect(abs(Double(second[i]) - v) <= 6e-7 * vScale + 1e-44)
      let root = (Double(second[i]) * Double(settings.correction2)).squareRoot()
      let step =
        Double(settings.rate) * Double(first[i]) * Double(settings.correction1)
        / (root + Double(settings.epsilon))
      let p = Double(start[i]) - step
      #expect(
        abs(Double(parameters[i]) - p) <= 1e-6 * abs(step) + 2e-7 * max(abs(p), abs(step)) + 1e-44)
      let mean = decay * Double(averageStart[i]) + (1 - decay) * Double(parameters[i])
      let meanScale = abs(Double(averageStart[i])) + abs(Double(parameters[i]))
      #expect(abs(Double(average[i]) - mean) <= 2e-7 * meanScale + 1e-44)
    }
  }
}
