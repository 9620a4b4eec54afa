import CVectorKernels
import Testing

@testable import ScoreCore

@Suite struct NoisingKernelTests {
  @Test(
    "Rows are noised in place of the first columns, the others stay",
    arguments: [0, 1, 2, 7, 33], [1, 2, 3, 8, 11])
  func rows(count: Int, dimension: Int) {
    var stream = RandomStream(seed: 1, purpose: .test)
    func floats(_ count: Int) -> [Float] { (0..<count).map { _ in Float(stream.normal()) } }
    let (clean, noise) = (floats(count * dimension), floats(count * dimension))
    let (alpha, sigma, scale) = (floats(count), floats(count), floats(count))
    let stride = dimension + 3
    var input = [Float](repeating: -7, count: count * stride)
    var inputFloat = input
    sf_noise_rows(
      clean.map(Double.init), noise, alpha, sigma, scale, &input, count, dimension, stride)
    sf_noise_rows_float(clean, noise, alpha, sigma, scale, &inputFloat, count, dimension, stride)
    #expect(input == inputFloat)
    for row in 0..<count {
      for axis in 0..<dimension {
        let from = row * dimension + axis
        // Swift does not fuse either: the same four roundings.
        let exact = scale[row] * (alpha[row] * clean[from] + sigma[row] * noise[from])
        #expect(input[row * stride + axis] == exact)
      }
      #expect(input[row * stride + dimension..<(row + 1) * stride].allSatisfy { $0 == -7 })
    }
  }
}
