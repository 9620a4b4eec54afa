import Glibc

/// The log density of points under the samples of a score, by the probability-flow ODE.
///
/// The flow is followed from the time of the points, the process's stop unless another is given, to
/// its horizon, where the distribution is the prior. With `kappa^2 = alpha^2 + sigma^2`, in
/// `u = x / kappa` and
/// `tau = log(sigma / alpha)`, where it is nearly still at either end,
/// ```
/// du / d tau = -(sigma^2 / kappa) s - (sigma / kappa)^2 u
/// log p(u) = log p_T(u_T) - int (sigma^2 div s + d (sigma / kappa)^2) d tau
/// ```
/// with fourth-order Runge-Kutta steps. The trace is exact up to a difference of fourth order, so
/// the cost is `1 + 4 dimension` scores a stage: meant for low dimensions. For smooth distributions
/// of about unit size, 200 steps over the log signal-to-noise ratio leave an error below 1e-6 nats
/// next to the prior's own, which is that of the process ending where some signal is left.
///
/// Source: Song et al. 2021 (arXiv:2011.13456), section 4.3 and appendix D.2; Chen et al. 2018
/// (arXiv:1806.07366) for the change of density along a flow.
public struct LikelihoodStepper: Sendable {
  public let process: any ForwardProcess
  public let score: any ScoreFunction
  /// The times visited, increasing from the stop to the horizon, `[steps + 1]`.
  public let times: [Double]
  /// The spacing of the differences in the divergence, over sigma.
  ///
  /// The default suits scores in float32 (an error near 1e-5) and in float64 (near 1e-9).
  public let differenceStep: Double
  public private(set) var stepsDone = 0
  // The points over kappa, [count, dimension].
  private var scaled: Points
  // Minus the divergence of the flow, integrated so far, [count].
  private var gained: [Double]

  /// Starts from points at the process's stop.
  ///
  /// - Parameters:
  ///   - process: Gives the noise levels and the prior.
  ///   - score: The score whose flow is followed.
  ///   - grid: Where the steps end; equal ones in log SNR suit the variable of the flow.
  ///   - stepCount: The number of steps.
  ///   - points: Where the density is wanted, `[count, dimension]`.
  ///   - differenceStep: The spacing of differences over sigma, positive.
  public init(
    process: any ForwardProcess, score: any ScoreFunction, grid: any TimeGrid = LogSNRGrid(),
    stepCount: Int = 100, points: Points, differenceStep: Double = 0.01
  ) {
    self.init(
      process: process, score: score,
      times: grid.times(stepCount: stepCount, process: process).reversed(), points: points,
      differenceStep: differenceStep)
  }

  /// Starts from points at any time.
  ///
  /// - Parameters:
  ///   - process: Gives the noise levels and the prior.
  ///   - score: The score whose flow is followed.
  ///   - times: Where the steps end, increasing from the points' time to the horizon, `[steps + 1]`.
  ///   - points: Where the density is wanted, `[count, dimension]`.
  ///   - differenceStep: The spacing of differences over sigma, positive.
  public init(
    process: any ForwardProcess, score: any ScoreFunction, times: [Double], points: Points,
    differenceStep: Double = 0.01
  ) {
    precondition(points.dimension == score.dimension, "Points and score differ in dimension.")
    precondition(differenceStep > 0, "Differences need a positive spacing.")
    precondition(
      times.count >= 2 && zip(times, times.dropFirst()).allSatisfy { $0 < $1 },
      "A flow is followed towards larger times.")
    self.process = process
    self.score = score
    self.differenceStep = differenceStep
    self.times = times
    scaled = points
    scaled.scale(by: 1 / process.level(at: times[0]).total)
    gained = Array(repeating: 0, count: points.count)
  }

  public var isFinished: Bool { stepsDone == times.count - 1 }

  /// Takes one step towards the horizon.
  ///
  /// - Returns: The time reached, or nil when the flow is at the horizon.
  public mutating func step() -> Double? {
    guard !isFinished else { return nil }
    let from = process.level(at: times[stepsDone])
    let to = process.level(at: times[stepsDone + 1])
    let middle = process.level(atLogSNR: (from.logSNR + to.logSNR) / 2)
    let h = (from.logSNR - to.logSNR) / 2
    let k1 = slope(at: scaled, level: from)
    let k2 = slope(at: moved(by: h / 2, along: k1), level: middle)
    let k3 = slope(at: moved(by: h / 2, along: k2), level: middle)
    let k4 = slope(at: moved(by: h, along: k3), level: to)
    scaled.blend(1, adding: (h / 6, k1.points), (h / 3, k2.points))
    scaled.blend(1, adding: (h / 3, k3.points), (h / 6, k4.points))
    for row in gained.indices {
      gained[row] +=
        h / 6 * (k1.gain[row] + 2 * k2.gain[row] + 2 * k3.gain[row] + k4.gain[row])
    }
    stepsDone += 1
    return times[stepsDone]
  }

  /// The points at `times[stepsDone]`, `[count, dimension]`.
  public var points: Points {
    var points = scaled
    points.scale(by: process.level(at: times[stepsDone]).total)
    return points
  }

  /// The log density at the first time of each point that was given, `[count]`, in nats; nil until
  /// the pass is finished.
  public var logDensity: [Double]? {
    guard isFinished else { return nil }
    let dimension = Double(score.dimension)
    let deviation = process.priorDeviation / process.level(at: process.horizon).total
    let constant =
      -dimension * (log(deviation) + log(2 * .pi) / 2 + log(process.level(at: times[0]).total))
    return zip(scaled.squaredNorms(), gained).map { norm, gain in
      constant - norm / (2 * deviation * deviation) + gain
    }
  }

  private func moved(by h: Double, along slope: Slope) -> Points {
    var points = scaled
    points.blend(1, adding: (h, slope.points))
    return points
  }

  private struct Slope {
    // du / d tau, [count, dimension], and minus its divergence, [count].
    var points: Points
    var gain: [Double]
  }

  /// The slope of points and log density, from one batch of scores at and around the points.
  private func slope(at scaled: Points, level: NoiseLevel) -> Slope {
    let (count, dimension) = (scaled.count, scaled.dimension)
    let (spacing, total) = (differenceStep * level.sigma, level.total)
    let noiseShare = (level.sigma / total) * (level.sigma / total)
    var x = scaled
    x.scale(by: total)
    var batch = x
    for axis in 0..<dimension {
      for offset in [-2.0, -1, 1, 2] {
        var shifted = x
        for row in 0..<count { shifted[row, axis] += offset * spacing }
        batch.append(shifted)
      }
    }
    let s = score.score(at: batch, level: level)
    var points = s.rows(0..<count)
    points.blend(-level.sigma * level.sigma / total, adding: (-noiseShare, scaled))
    let factor = level.sigma * level.sigma / (12 * spacing)
    let gain = (0..<count).map { row in
      var sum = 0.0
      for axis in 0..<dimension {
        func value(_ block: Int) -> Double { s[(1 + 4 * axis + block) * count + row, axis] }
        sum += value(0) - value(3) + 8 * (value(2) - value(1))
      }
      return -factor * sum - Double(dimension) * noiseShare
    }
    return Slope(points: points, gain: gain)
  }
}

extension NoiseLevel {
  /// The deviation `sqrt(alpha^2 + sigma^2)` of noisy data of unit variance.
  fileprivate var total: Double { hypot(alpha, sigma) }
}
