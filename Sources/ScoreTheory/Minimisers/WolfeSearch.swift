import Glibc

/// A line search for a step that lowers a function enough and flattens its slope.
///
/// Source: Nocedal and Wright 2006, *Numerical Optimization*, algorithms 3.5 and 3.6, with the cubic of
/// eq. 3.59.
struct WolfeSearch {
  /// A place on the line.
  struct Place {
    let length: Double
    let point: [Double]
    let value: Double
    let gradient: [Double]
    let slope: Double
  }

  /// The share of the first slope's fall that a step must bring, and of its slope that may be left.
  private static let decrease = 1e-4
  private static let curvature = 0.9
  /// Evaluations on the way to an interval, and within it.
  private static let doublings = 30
  private static let narrowings = 15

  let origin: [Double]
  let direction: [Double]
  let value: Double
  let gradient: [Double]
  /// A rise of the value that is taken for rounding.
  let slack: Double

  /// Finds a step.
  ///
  /// - Parameters:
  ///   - first: The length that is tried first.
  ///   - function: The function that is minimised.
  /// - Returns: Nil where no length lowers the function.
  func step(
    startingAt first: Double, of function: LimitedMemoryDescent.Function
  ) -> Place? {
    let start = Place(
      length: 0, point: origin, value: value, gradient: gradient,
      slope: Vectors.dot(gradient, direction))
    var (before, length) = (start, first)
    for _ in 0..<Self.doublings {
      let here = place(at: length, of: function)
      if isTooHigh(here, start) || (before.length > 0 && here.value > before.value + slack) {
        return zoom(low: before, high: here, start: start, of: function)
      }
      if isFlat(here, start) { return here }
      if here.slope >= 0 { return zoom(low: here, high: before, start: start, of: function) }
      (before, length) = (here, 2 * length)
    }
    return before.length > 0 ? before : nil
  }

  private func isTooHigh(_ place: Place, _ start: Place) -> Bool {
    // Written so that what is no number is too high.
    !(place.value <= start.value + Self.decrease * place.length * start.slope + slack)
  }

  private func isFlat(_ place: Place, _ start: Place) -> Bool {
    abs(place.slope) <= -Self.curvature * start.slope
  }

  private func place(at length: Double, of function: LimitedMemoryDescent.Function) -> Place {
    var point = origin
    Vectors.add(length, direction, to: &point)
    var gradient = gradient
    let value = function(point, &gradient)
    return Place(
      length: length, point: point, value: value, gradient: gradient,
      slope: Vectors.dot(gradient, direction))
  }

  /// Narrows an interval that holds a good step; its low end is the best so far.
  private func zoom(
    low: Place, high: Place, start: Place, of function: LimitedMemoryDescent.Function
  ) -> Place? {
    var (low, high) = (low, high)
    for _ in 0..<Self.narrowings {
      let width = high.length - low.length
      guard abs(width) > 1e-14 * max(1, abs(low.length)) else { break }
      let here = place(at: low.length + share(from: low, to: high) * width, of: function)
      if isTooHigh(here, start) || here.value > low.value + slack {
        high = here
        continue
      }
      if isFlat(here, start) { return here }
      if here.slope * width >= 0 { high = low }
      low = here
    }
    return low.length > 0 ? low : nil
  }

  /// Where between two places the cubic through their values and slopes is least, kept off both.
  private func share(from low: Place, to high: Place) -> Double {
    let width = high.length - low.length
    let d1 = low.slope + high.slope - 3 * (low.value - high.value) / (low.length - high.length)
    let radicand = d1 * d1 - low.slope * high.slope
    guard radicand.isFinite, radicand >= 0 else { return 0.5 }
    let d2 = (width < 0 ? -1 : 1) * radicand.squareRoot()
    let share = 1 - (high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2)
    return share.isFinite ? min(0.9, max(0.1, share)) : 0.5
  }
}
