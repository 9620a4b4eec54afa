import ScoreCore

/// The schedule of least frozen-score cost with a given number of steps, over given times.
///
/// Dynamic programming, exact among all choices of those times: the best way to reach a time in k
/// steps extends a best way to an earlier time in k - 1. One call of ``step()`` adds a step to all
/// of them, in time quadratic in the number of times.
///
/// Source: Watson, Ho, Norouzi and Chan 2021 (arXiv:2106.03802) search schedules in this way for
/// the variational bound.
public struct ScheduleSearch: Sendable {
  public let cost: FrozenScoreCost
  public let stepCount: Int
  public private(set) var stepsDone = 0
  /// The least cost of reaching each time in the steps done.
  private var least: [Double]
  /// Where the last step of that way started, `[steps done][times]`.
  private var origins: [[Int32]] = []

  /// - Precondition: There are enough times for distinct steps.
  public init(_ cost: FrozenScoreCost, stepCount: Int) {
    precondition((1..<cost.times.count).contains(stepCount), "Steps need distinct times.")
    self.cost = cost
    self.stepCount = stepCount
    least = [0] + Array(repeating: .infinity, count: cost.times.count - 1)
  }

  public var isFinished: Bool { stepsDone == stepCount }

  /// Lets every schedule have one step more.
  public mutating func step() {
    guard !isFinished else { return }
    var next = Array(repeating: Double.infinity, count: least.count)
    var origin = Array(repeating: Int32(-1), count: least.count)
    for to in 1..<least.count {
      for from in 0..<to where least[from] < .infinity {
        let sum = least[from] + cost.cost(from: from, to: to)
        if sum < next[to] { (next[to], origin[to]) = (sum, Int32(from)) }
      }
    }
    least = next
    origins.append(origin)
    stepsDone += 1
  }

  /// The best schedule from the first time to the last, `[steps + 1]`, decreasing; nil until the
  /// search is finished.
  public var schedule: [Double]? {
    guard isFinished else { return nil }
    var place = cost.times.count - 1
    var times = [cost.times[place]]
    for origin in origins.reversed() {
      place = Int(origin[place])
      times.append(cost.times[place])
    }
    return times.reversed()
  }

  /// Its cost; nil until the search is finished.
  public var leastCost: Double? { isFinished ? least[least.count - 1] : nil }
}
