import Glibc
import ScoreCore

/// What freezing the exact score over steps costs in path divergence, for any steps between given
/// times, from the Fisher information alone.
///
/// A step from t down to s costs `C(t, s) = int_s^t E ||s_u(x_u) - s_t(x_t)||^2 du`. Under the
/// Ornstein-Uhlenbeck process `s_t(x_t) = e^(t - u) E[s_u(x_u) | x_t]`, so with
/// `I(t) = E ||s_t||^2` the mixed moment is `e^-(t - u) I(t)` for every distribution, and
/// ```
/// C(t, s) = int_s^t I(u) du + I(t) (h - 2 (1 - e^-h)),    h = t - s
///         = h^2 (I - I' / 2) + O(h^3)
/// ```
/// For `N(0, v I)` data `I - I' / 2 = d / v_t^2`: the best steps are in proportion to `v_t`.
///
/// Source: derived; the divergence is eq. 14 of Gupta, Parulekar, Price and Xun 2024
/// (arXiv:2311.13745) with the exact score.
public struct FrozenScoreCost: Sendable {
  /// The times between which steps may go, strictly decreasing.
  public let times: [Double]
  /// `I(t)` at each of them.
  public let information: [Double]
  /// The integral of I from each time to the first.
  private let integral: [Double]

  /// The places of two Gauss-Legendre nodes on [0, 1].
  private static let nodes = [0.211_324_865_405_187_12, 0.788_675_134_594_812_88]
  /// The widest panel of the quadrature, in log t: two nodes then leave less than 1e-7 of the
  /// integral for a distribution with parts of any width, found by comparison with adaptive
  /// quadrature.
  private static let widestPanel = 0.1

  /// The nodes between two times and their weights for an integral over time.
  private static func rule(from: Double, to: Double) -> [(time: Double, weight: Double)] {
    let length = log(from / to)
    let panels = max(1, (length / widestPanel).rounded(.up))
    return (0..<Int(panels)).flatMap { panel in
      nodes.map { node in
        let time = from * exp(-length * (Double(panel) + node) / panels)
        return (time, length / panels / 2 * time)
      }
    }
  }

  /// The times at which ``init(times:information:)`` wants I: those given, each but the last
  /// followed by the nodes between it and the next.
  public static func evaluationTimes(for times: [Double]) -> [Double] {
    zip(times, times.dropFirst()).flatMap { from, to in
      [from] + rule(from: from, to: to).map(\.time)
    } + times.suffix(1)
  }

  /// What I at each of ``evaluationTimes(for:)`` counts in the cost of taking every time, which is
  /// linear in it.
  static func weights(for times: [Double]) -> [Double] {
    zip(times, times.dropFirst()).flatMap { from, to in
      [freezing(from - to)] + rule(from: from, to: to).map(\.weight)
    } + [0]
  }

  /// `h - 2 (1 - e^-h)`, what the frozen score counts.
  private static func freezing(_ h: Double) -> Double { h + 2 * expm1(-h) }

  /// Prepares the costs.
  ///
  /// - Parameters:
  ///   - times: Strictly decreasing and positive, at least two.
  ///   - information: I at ``evaluationTimes(for:)``.
  public init(times: [Double], information: [Double]) {
    precondition(times.count >= 2, "A step has two ends.")
    var (place, own, steps): (Int, [Double], [Double]) = (0, [], [])
    for (from, to) in zip(times, times.dropFirst()) {
      own.append(information[place])
      place += 1
      var sum = 0.0
      for node in Self.rule(from: from, to: to) {
        sum += node.weight * information[place]
        place += 1
      }
      steps.append(sum)
    }
    precondition(place == information.count - 1, "There is a value for each time of evaluation.")
    self.init(times: times, information: own + [information[place]], steps: steps)
  }

  /// The costs for data of distribution `N(0, v)` on the line, in closed form.
  public init(times: [Double], dataVariance v: Double) {
    // v_t = 1 + (v - 1) e^-2t, and int dt / v_t = t + log(v_t) / 2.
    func variance(_ t: Double) -> Double { -expm1(-2 * t) + v * exp(-2 * t) }
    self.init(
      times: times, information: times.map { 1 / variance($0) },
      steps: zip(times, times.dropFirst()).map { from, to in
        from - to + log(variance(from) / variance(to)) / 2
      })
  }

  private init(times: [Double], information: [Double], steps: [Double]) {
    precondition(zip(times, times.dropFirst()).allSatisfy { $0 > $1 }, "Times decrease.")
    self.times = times
    self.information = information
    var sum = 0.0
    integral =
      [0]
      + steps.map { step in
        sum += step
        return sum
      }
  }

  /// The cost of one step between two of the times, `from < to` by their places.
  public func cost(from: Int, to: Int) -> Double {
    let h = times[from] - times[to]
    return integral[to] - integral[from] + information[from] * Self.freezing(h)
  }

  /// The cost of a schedule whose times are all among ``times``; nil if one is not.
  public func cost(of schedule: [Double]) -> Double? {
    var places: [Int] = []
    var place = 0
    for time in schedule {
      while place < times.count, times[place] > time { place += 1 }
      guard place < times.count, times[place] == time else { return nil }
      places.append(place)
    }
    return zip(places, places.dropFirst()).reduce(0) { $0 + cost(from: $1.0, to: $1.1) }
  }

  /// The cost of taking every one of the times.
  public var costOfAll: Double {
    times.indices.dropLast().reduce(0) { $0 + cost(from: $1, to: $1 + 1) }
  }
}
