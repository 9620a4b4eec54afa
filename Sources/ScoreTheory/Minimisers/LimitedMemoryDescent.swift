import Glibc

/// Minimises a smooth function of many numbers by limited-memory BFGS with a strong Wolfe line search,
/// and says how far it came.
///
/// Source: Nocedal and Wright 2006, *Numerical Optimization*, algorithms 7.4 and 7.5.
package struct LimitedMemoryDescent: Sendable {
  /// A function of x that also writes its gradient, of the same length.
  package typealias Function = (_ x: [Double], _ gradient: inout [Double]) -> Double

  /// Why it ended.
  package enum Ending: String, Codable, Sendable {
    /// The gradient's norm is at most the tolerance.
    case converged
    /// No step lowers the function by more than it is rounded, or none did for long: at kinks, and where
    /// rounding hides what is left.
    case stalled
    case outOfSteps = "out_of_steps"
  }

  /// Where it ended.
  package struct Minimum: Sendable, Equatable {
    package var point: [Double]
    package var value: Double
    package var gradientNorm: Double
    package var steps: Int
    package var ending: Ending
  }

  /// The steps after which a fall of no more than the rounding is a stall.
  private static let patience = 50

  /// The pairs of steps and gradient changes that are kept.
  package var memory: Int
  package var stepLimit: Int
  /// The norm of the gradient at which it has converged.
  package var tolerance: Double
  /// How far a value may be off by rounding, as a share of it: a line search takes no smaller rise for
  /// one, so that gradients, which are known to more digits, can go on falling.
  package var rounding: Double

  package init(
    memory: Int = 20, stepLimit: Int = 2000, tolerance: Double = 1e-8, rounding: Double = 1e-15
  ) {
    precondition(
      memory >= 1 && stepLimit >= 0 && tolerance >= 0 && rounding >= 0, "Limits are positive.")
    self.memory = memory
    self.stepLimit = stepLimit
    self.tolerance = tolerance
    self.rounding = rounding
  }

  /// Goes from a start to a minimum.
  ///
  /// - Parameters:
  ///   - start: At least one number.
  ///   - function: The function, finite at the start.
  /// - Returns: The last point, whatever the ending.
  package func minimum(from start: [Double], of function: Function) -> Minimum {
    var course = Course(from: start, by: self, of: function)
    while !course.isOver { course.step(of: function) }
    return course.here
  }

  /// A descent that is under way, a line search at a time.
  package struct Course: Sendable {
    private let method: LimitedMemoryDescent
    /// Where it is; the ending is ``Ending/outOfSteps`` before it is over.
    package private(set) var here: Minimum
    package private(set) var isOver = false
    private var gradient: [Double]
    private var history: CurvatureHistory
    /// The last value that was well below the one before, and its step.
    private var mark: (value: Double, step: Int)

    /// Begins at a start.
    ///
    /// - Parameters:
    ///   - start: At least one number.
    ///   - method: Memory and limits.
    ///   - function: The function, finite at the start.
    package init(from start: [Double], by method: LimitedMemoryDescent, of function: Function) {
      self.method = method
      gradient = [Double](repeating: 0, count: start.count)
      let value = function(start, &gradient)
      here = Minimum(
        point: start, value: value, gradientNorm: Vectors.norm(gradient), steps: 0,
        ending: .outOfSteps)
      history = CurvatureHistory(limit: method.memory)
      mark = (value, 0)
    }

    /// Takes a step, or finds that there is none to take.
    ///
    /// - Parameter function: The same as at the start.
    package mutating func step(of function: Function) {
      guard here.gradientNorm > method.tolerance else { return end(.converged) }
      guard here.steps < method.stepLimit else { return end(.outOfSteps) }
      guard let found = search(function) else { return end(.stalled) }
      history.add(
        step: Vectors.difference(found.point, here.point),
        change: Vectors.difference(found.gradient, gradient))
      gradient = found.gradient
      here.point = found.point
      here.value = found.value
      here.gradientNorm = Vectors.norm(gradient)
      here.steps += 1
      if here.value < mark.value - method.rounding * abs(mark.value) {
        mark = (here.value, here.steps)
      }
      if here.steps - mark.step >= LimitedMemoryDescent.patience,
        here.gradientNorm > method.tolerance
      {
        end(.stalled)
      }
    }

    private mutating func end(_ ending: Ending) { (here.ending, isOver) = (ending, true) }

    /// A lower place along the direction of the history, or along the gradient where curvature from
    /// elsewhere misleads; nil where neither has one.
    private mutating func search(_ function: Function) -> WolfeSearch.Place? {
      var direction = history.direction(against: gradient)
      if Vectors.dot(direction, gradient) >= 0 { direction = forget() }
      while true {
        let search = WolfeSearch(
          origin: here.point, direction: direction, value: here.value, gradient: gradient,
          slack: method.rounding * abs(here.value))
        let first = history.isEmpty ? min(1, 1 / here.gradientNorm) : 1
        if let found = search.step(startingAt: first, of: function) { return found }
        guard !history.isEmpty else { return nil }
        direction = forget()
      }
    }

    /// Forgets the history.
    ///
    /// - Returns: The direction without it.
    private mutating func forget() -> [Double] {
      history = CurvatureHistory(limit: method.memory)
      return history.direction(against: gradient)
    }
  }
}

/// The last steps with the changes of the gradient along them.
private struct CurvatureHistory: Sendable {
  private struct Pair: Sendable {
    let step: [Double]
    let change: [Double]
    /// `1 / (step . change)`.
    let inverse: Double
  }

  let limit: Int
  private var pairs: [Pair] = []

  init(limit: Int) { self.limit = limit }

  var isEmpty: Bool { pairs.isEmpty }

  /// Keeps a pair along which the function curves upward; others would spoil the direction.
  mutating func add(step: [Double], change: [Double]) {
    let product = Vectors.dot(step, change)
    guard product > 1e-12 * Vectors.norm(step) * Vectors.norm(change) else { return }
    pairs.append(Pair(step: step, change: change, inverse: 1 / product))
    if pairs.count > limit { pairs.removeFirst() }
  }

  /// Algorithm 7.4, the two-loop recursion: minus the inverse Hessian's estimate times the gradient.
  func direction(against gradient: [Double]) -> [Double] {
    var result = gradient.map { -$0 }
    var factors: [Double] = []
    for pair in pairs.reversed() {
      let factor = pair.inverse * Vectors.dot(pair.step, result)
      factors.append(factor)
      Vectors.add(-factor, pair.change, to: &result)
    }
    if let last = pairs.last {
      let scale = 1 / (last.inverse * Vectors.dot(last.change, last.change))
      for i in result.indices { result[i] *= scale }
    }
    for (pair, factor) in zip(pairs, factors.reversed()) {
      Vectors.add(factor - pair.inverse * Vectors.dot(pair.change, result), pair.step, to: &result)
    }
    return result
  }
}

/// The few operations on vectors that a descent needs.
enum Vectors {
  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }

  static func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }

  static func difference(_ a: [Double], _ b: [Double]) -> [Double] {
    a.indices.map { a[$0] - b[$0] }
  }

  static func add(_ factor: Double, _ a: [Double], to b: inout [Double]) {
    for i in a.indices { b[i] += factor * a[i] }
  }
}
