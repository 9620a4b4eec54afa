import Glibc

/// The log odds of two sides by a network with one hidden layer of rectifiers.
///
/// ```
/// log odds(x) = v . max(0, W^T x + b) + c
/// ```
/// trained on the cross entropy by Adam. Weights start normal with variance 2 / inputs, and biases
/// standard normal, so that the kinks lie where standardised points do; v and c start at 0. In
/// float32 and on one thread.
struct LogisticNetwork: Sendable {
  private static let width = 64
  private static let steps = 1000
  private static let batch = 256
  private static let rate = 0.03

  private let inputs: Int
  /// W `[inputs, width]`, b `[width]`, v `[width]` and c.
  private var parameters: [Float]

  /// Trains on points of both sides, whose coordinates are about 1 in size.
  ///
  /// - Parameters:
  ///   - first: The side whose log odds are to be positive.
  ///   - second: The other side.
  ///   - stream: Draws the start and, from more than 256 points, the batches.
  init(separating first: Points, from second: Points, using stream: inout RandomStream) {
    inputs = first.dimension
    let deviation = (2 / Double(inputs)).squareRoot()
    parameters = (0..<inputs * Self.width).map { _ in Float(deviation * stream.normal()) }
    parameters += (0..<Self.width).map { _ in Float(stream.normal()) }
    parameters += Array(repeating: 0, count: Self.width + 1)
    var both = first
    both.append(second)
    train(both, firstCount: first.count, using: &stream)
  }

  private mutating func train(
    _ points: Points, firstCount: Int, using stream: inout RandomStream
  ) {
    let (rule, schedule) = (Adam(), CosineRate(steps: Self.steps))
    let rows = points.values.map { Float($0) }
    let (inputs, size) = (inputs, parameters.count)
    // The parameters, two moments of each, their gradient and a hidden layer.
    var memory = parameters + Array(repeating: 0, count: 3 * size + Self.width)
    memory.withUnsafeMutableBufferPointer { memory in
      guard let start = memory.baseAddress else { return }
      let gradient = start + 3 * size
      let pass = Pass(inputs: inputs, parameters: start, hidden: start + 4 * size)
      var batch = Array(0..<points.count)
      for step in 1...Self.steps {
        if points.count > Self.batch {
          batch = (0..<Self.batch).map { _ in stream.integer(below: points.count) }
        }
        gradient.update(repeating: 0, count: size)
        rows.withUnsafeBufferPointer { rows in
          guard let rows = rows.baseAddress else { return }
          for row in batch {
            pass.addGradient(
              of: rows + row * inputs, label: row < firstCount ? 1 : 0, to: gradient)
          }
        }
        rule.update(
          ParameterSlice(
            parameters: start, moments: start + size, momentStride: size, gradient: gradient,
            count: size),
          step: UpdateStep(
            rate: Self.rate * schedule.factor(step: step), number: step,
            gradientScale: 1 / Double(batch.count)))
      }
      parameters = Array(memory.prefix(size))
    }
  }

  /// The log odds of the first side at each point, `[points.count]`.
  func logOdds(at points: Points) -> [Float] {
    precondition(points.dimension == inputs, "Points and network differ in dimension.")
    let rows = points.values.map { Float($0) }
    var memory = parameters + Array(repeating: 0, count: Self.width)
    return memory.withUnsafeMutableBufferPointer { memory in
      rows.withUnsafeBufferPointer { rows in
        guard let start = memory.baseAddress, let rows = rows.baseAddress else { return [] }
        let pass = Pass(
          inputs: inputs, parameters: start, hidden: start + parameters.count)
        return (0..<points.count).map { pass.logOdds(of: rows + $0 * inputs) }
      }
    }
  }

  /// The network on one point at a time; all loops are over the hidden units.
  private struct Pass {
    let inputs: Int
    let parameters: UnsafeMutablePointer<Float>
    let hidden: UnsafeMutablePointer<Float>

    private var width: Int { LogisticNetwork.width }
    private var biases: Int { inputs * width }
    private var outputs: Int { (inputs + 1) * width }

    /// Leaves the activations in ``hidden``.
    func logOdds(of x: UnsafePointer<Float>) -> Float {
      let (bias, output) = (parameters + biases, parameters + outputs)
      for j in 0..<width { hidden[j] = bias[j] }
      for i in 0..<inputs {
        let (value, weight) = (x[i], parameters + i * width)
        for j in 0..<width { hidden[j] += value * weight[j] }
      }
      var sum = output[width]
      for j in 0..<width {
        hidden[j] = max(0, hidden[j])
        sum += hidden[j] * output[j]
      }
      return sum
    }

    func addGradient(
      of x: UnsafePointer<Float>, label: Float, to gradient: UnsafeMutablePointer<Float>
    ) {
      let error = 1 / (1 + exp(-logOdds(of: x))) - label
      let output = parameters + outputs
      let (biasGradient, outputGradient) = (gradient + biases, gradient + outputs)
      for j in 0..<width {
        outputGradient[j] += error * hidden[j]
        hidden[j] = hidden[j] > 0 ? error * output[j] : 0
        biasGradient[j] += hidden[j]
      }
      outputGradient[width] += error
      for i in 0..<inputs {
        let (value, weightGradient) = (x[i], gradient + i * width)
        for j in 0..<width { weightGradient[j] += value * hidden[j] }
      }
    }
  }
}
