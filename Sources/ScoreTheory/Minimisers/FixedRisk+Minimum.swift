package import ScoreCore

/// A network with the least loss that a full-batch method found.
package struct NetworkMinimum: Codable, Sendable, Equatable {
  /// `[parameterCount]`.
  package var parameters: [Float]
  package var loss: Double
  /// The norm of the loss's gradient: how far it is from converged.
  package var gradientNorm: Double
  package var steps: Int
  package var ending: LimitedMemoryDescent.Ending
}

extension FixedRisk {
  /// A method that goes on as long as float32 passes know a gradient.
  package static let method = LimitedMemoryDescent(
    memory: 20, stepLimit: 1500, tolerance: 1e-5, rounding: 1e-8)

  /// The least loss that is found from several starts.
  ///
  /// The loss of a network has many minima; a lower one than this may exist.
  ///
  /// - Parameters:
  ///   - starts: Parameters, at least one list of them.
  ///   - method: How to descend.
  /// - Returns: The minimum of least loss.
  package func minimum(
    from starts: [[Float]], by method: LimitedMemoryDescent = FixedRisk.method
  ) -> NetworkMinimum {
    precondition(!starts.isEmpty, "A descent starts somewhere.")
    let minima = starts.map { start in
      let found = method.minimum(from: start.map { Double($0) }) {
        evaluate(at: $0, gradient: &$1)
      }
      return NetworkMinimum(
        parameters: found.point.map { Float($0) }, loss: found.value,
        gradientNorm: found.gradientNorm, steps: found.steps, ending: found.ending)
    }
    // A loss that is no number is not the least.
    return minima.dropFirst().reduce(minima[0]) { $1.loss < $0.loss || $0.loss.isNaN ? $1 : $0 }
  }
}
