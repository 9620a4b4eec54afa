/// The forward pass of a network over rows that share one noise level.
struct EvaluationPass: Sendable {
  /// The most rows of one call.
  static let rows = 256

  let architecture: any Architecture
  let layout: PassLayout
  let inputScale: Double
  /// The result is `factor F(x) + skip x`.
  let factor: Double
  let skip: Double
  /// See ``Architecture/fold(_:parameters:)``.
  let shared: [Float]

  /// Evaluates up to ``rows`` points, `[rows, dimension]`.
  ///
  /// - Parameters:
  ///   - source: The points.
  ///   - directions: Where the points move; with it the result is how `factor F(x) + skip x` changes
  ///     along it, to first order.
  ///   - target: Where the result goes.
  ///   - rows: How many there are.
  ///   - parameters: The network's.
  func run(
    _ source: UnsafePointer<Double>, along directions: UnsafePointer<Double>? = nil,
    into target: UnsafeMutablePointer<Double>, rows: Int, parameters: UnsafePointer<Float>
  ) {
    let encoding = architecture.encoding
    withUnsafeTemporaryAllocation(of: Float.self, capacity: layout.count) { scratch in
      shared.withUnsafeBufferPointer { shared in
        guard let scratch = scratch.baseAddress, let shared = shared.baseAddress else { return }
        let pass = NetworkPass(
          layout: layout, rows: rows, inputs: encoding.pointInputs, shared: shared,
          parameters: parameters, scratch: scratch)
        encoding.writePoints(source, scale: inputScale, rows: rows, into: pass.input)
        architecture.forward(pass)
        guard let directions else {
          return write(pass.output, and: source, into: target, count: rows * encoding.dimension)
        }
        encoding.writeTangents(
          directions, scale: inputScale, rows: rows, of: source, at: pass.input,
          into: pass.tangentInput)
        architecture.tangent(pass)
        write(pass.tangentOutput, and: directions, into: target, count: rows * encoding.dimension)
      }
    }
  }

  private func write(
    _ output: UnsafePointer<Float>, and source: UnsafePointer<Double>,
    into target: UnsafeMutablePointer<Double>, count: Int
  ) {
    for i in 0..<count { target[i] = factor * Double(output[i]) + skip * source[i] }
  }
}
