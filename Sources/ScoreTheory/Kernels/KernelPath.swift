public import ScoreCore

/// Gradient descent on a kernel towards given targets, at any step: see ``KernelDescent``.
public struct KernelPath: Sendable {
  public let descent: KernelDescent
  /// The step size.
  public let rate: Double
  /// The targets, `[n, outputs]`.
  public let targets: Points
  /// The first residuals along the eigenvectors, one array an output.
  private let coordinates: [[Double]]

  init(_ descent: KernelDescent, targets: Points, start: Points?, rate: Double) {
    self.descent = descent
    self.rate = rate
    self.targets = targets
    coordinates = (0..<targets.dimension).map { axis in
      var residual = targets.column(axis)
      if let start {
        for row in residual.indices { residual[row] -= start[row, axis] }
      }
      return descent.coordinates(of: residual)
    }
  }

  /// The mean squared error at the training inputs after a step, summed over outputs.
  public func trainingLoss(at step: Int) -> Double {
    let shares = descent.eigenvalues.map { KernelDescent.remaining($0, rate: rate, step: step) }
    let sum = coordinates.reduce(0.0) { sum, c in
      zip(shares, c).reduce(sum) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }
    }
    return sum / Double(descent.count)
  }

  /// The distance that descent has gone in the kernel's space; of a wide network, that of its weights.
  public func movement(at step: Int) -> Double {
    let eigenvalues = descent.eigenvalues
    let gains = eigenvalues.map { KernelDescent.gain($0, rate: rate, step: step) }
    let sum = coordinates.reduce(0.0) { sum, c in
      c.indices.reduce(sum) { $0 + gains[$1] * gains[$1] * eigenvalues[$1] * c[$1] * c[$1] }
    }
    return (sum / Double(descent.count)).squareRoot()
  }

  /// The outputs at the training inputs after each of several steps, `[n, outputs]` each.
  public func fitted(at steps: [Int]) -> [Points] {
    let n = descent.count
    return points(steps, count: n, share: KernelDescent.remaining) { residuals in
      OpenBLAS.product(residuals, descent.vectors, inner: n)
    } finish: { row, axis, residual in
      targets[row, axis] - residual
    }
  }

  /// The outputs at other inputs after each of several steps, `[count, outputs]` each.
  ///
  /// - Parameters:
  ///   - steps: The steps, in any order.
  ///   - evaluation: The other inputs; of this path's descent.
  /// - Returns: The outputs, in the order of the steps.
  public func predictions(at steps: [Int], by evaluation: KernelEvaluation) -> [Points] {
    points(steps, count: evaluation.count, share: KernelDescent.gain) { gains in
      OpenBLAS.product(
        gains, evaluation.projected, inner: descent.count, transposesRight: true)
    } finish: { row, axis, change in
      (evaluation.start?[row, axis] ?? 0) + change
    }
  }

  /// Multiplies shares of the coordinates, `[steps, n]`, to values at inputs, `[steps, count]`.
  private func points(
    _ steps: [Int], count: Int, share: (Double, _ rate: Double, _ step: Int) -> Double,
    _ multiply: ([Double]) -> [Double], finish: (_ row: Int, _ axis: Int, Double) -> Double
  ) -> [Points] {
    var result = steps.map { _ in Points(zeros: count, dimension: targets.dimension) }
    let shares = steps.flatMap { step in descent.eigenvalues.map { share($0, rate, step) } }
    let n = descent.count
    for (axis, c) in coordinates.enumerated() {
      let values = multiply(shares.indices.map { shares[$0] * c[$0 % n] })
      for place in steps.indices {
        for row in 0..<count {
          result[place][row, axis] = finish(row, axis, values[place * count + row])
        }
      }
    }
    return result
  }
}

/// Inputs at which a kernel's descent is evaluated, worked into its eigenvectors once for every path.
public struct KernelEvaluation: Sendable {
  /// The number of inputs.
  public let count: Int
  /// The kernel with the training inputs along the eigenvectors, over n, `[count, n]`.
  let projected: [Double]
  /// The outputs before the first step; nil for 0.
  let start: Points?

  /// - Parameters:
  ///   - descent: The descent.
  ///   - cross: The kernel at every pair of one of these inputs and a training input, `[count, n]`.
  ///   - start: The outputs at these inputs before the first step, `[count, outputs]`; nil for 0.
  public init(_ descent: KernelDescent, cross: [Double], from start: Points? = nil) {
    let n = descent.count
    precondition(cross.count % n == 0, "Each input has the kernel with every training input.")
    count = cross.count / n
    precondition(start.map { $0.count == cross.count / n } ?? true, "Each input has a start.")
    projected = OpenBLAS.product(cross, descent.vectors, inner: n, transposesRight: true)
      .map { $0 / Double(n) }
    self.start = start
  }
}
