import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

/// What minimisers and descents say of fresh noise.
struct FreshNoiseFindings: ExperimentFindings {
  typealias Plan = FreshNoisePlan

  /// What was measured of one kind of data at one level, in the order of the data sets.
  struct Setting {
    let data: FreshNoise.Data
    let level: Int
    var fits: [Plan.Fits] = []
    var freshRuns: [Plan.Errors] = []
    var fixedRuns: [Plan.Errors] = []
  }

  let plan: Plan
  let isDone: Bool
  private(set) var settings: [Setting]
  /// `[levels][numbers of draws, fresh noise last][sets]`, nil where it is not there yet.
  private(set) var normal: [[[Double]]?]

  init(_ plan: Plan, _ records: Plan.Records) {
    self.plan = plan
    isDone = records.isComplete
    let levels = plan.values.times.indices
    settings = FreshNoise.Data.allCases.flatMap { data in
      levels.map { Setting(data: data, level: $0) }
    }
    normal = levels.map { _ in nil }
    for (unit, record) in records.finished { take(unit, record) }
  }

  private mutating func take(_ unit: Plan.Unit, _ record: Plan.Record) {
    func place(_ data: FreshNoise.Data, _ level: Int) -> Int {
      settings.firstIndex { $0.data == data && $0.level == level } ?? 0
    }
    switch (unit, record) {
    case (.normal(let level), .normal(let errors)): normal[level] = errors
    case (.fits(let data, let level, _), .fits(let fits)):
      settings[place(data, level)].fits.append(fits)
    case (.run(let data, let level, _, true), .run(let errors)):
      settings[place(data, level)].freshRuns.append(errors)
    case (.run(let data, let level, _, false), .run(let errors)):
      settings[place(data, level)].fixedRuns.append(errors)
    case (.normal, _), (.fits, _), (.run, _):
      preconditionFailure("A unit's record is of its kind.")
    }
  }

  var values: FreshNoise { plan.values }

  func name(_ setting: Setting) -> String {
    "\(setting.data.name), t = \(NumberText.plain(values.times[setting.level]))"
  }

  /// The powers of k of the mean squared distance from the minimiser with fresh noise, batch by batch.
  func powers(_ setting: Setting) -> [Double] {
    let size = values.repeats / FreshNoise.batches
    return (0..<FreshNoise.batches).map { batch in
      let own = setting.fits[batch * size..<(batch + 1) * size]
      let means = FreshNoise.draws.indices.map { place in
        Estimate(own.map { $0.distances[place] }).value
      }
      return LineFit.powerLaw(x: FreshNoise.draws.map { Double($0) }, y: means)?.slope ?? .nan
    }
  }
}

// MARK: - Checks

extension FreshNoiseFindings {
  var checks: [Check] {
    minimiserChecks + descentChecks
      + [closedForm] + settings.filter { $0.data == .twoParts }.map(drawsRate)
      + [Self.leastLoss(isDone ? settings.flatMap(\.fits) : nil)]
  }

  private var minimiserChecks: [Check] {
    settings.flatMap { setting in
      [
        claim(
          "fresh_l2", "log2 of squared L2, fresh noise over one noise a point, \(name(setting))",
          setting.fits.map { log2($0.fresh.statistical.squared / $0.draws[0].statistical.squared) },
          .atMost(-0.5), "0.71 of it; for lines on normal data it is a half at most"),
        claim(
          "fresh_d_delta", "log2 of D_delta, fresh noise over one noise a point, \(name(setting))",
          setting.fits.map {
            log2($0.fresh.statistical.quantiles[0] / $0.draws[0].statistical.quantiles[0])
          }, .atMost(0), "no larger"),
      ]
    }
  }

  private var descentChecks: [Check] {
    FreshNoise.Data.allCases.flatMap { data in
      let own = settings.filter { $0.data == data }
      /// The mean over levels of a number of each data set.
      func mean(_ number: (Setting, Int) -> Double) -> [Double] {
        !isDone
          ? []
          : (0..<plan.runCount).map { set in Estimate(own.map { number($0, set) }).value }
      }
      return [
        claim(
          "fresh_run", "log2 of squared L2, descent on fresh noise over on fixed, \(data.name)",
          mean {
            log2($0.freshRuns[$1].statistical.squared / $0.fixedRuns[$1].statistical.squared)
          }, .atMost(0), "no larger; mean over levels, the same points, start and batches"),
        claim(
          "without_minimiser",
          "log2 of squared L2, descent on fresh noise over minimiser on one, \(data.name)",
          mean {
            log2($0.freshRuns[$1].statistical.squared / $0.fits[$1].draws[0].statistical.squared)
          }, .atMost(0), "no larger; mean over levels, the same points"),
      ]
    }
  }

  private func claim(
    _ name: String, _ statement: String, _ repeats: [Double], _ requirement: Check.Requirement,
    _ basis: String
  ) -> Check {
    Check(
      .claim, name, statement, meanOf: isDone ? repeats : nil, requirement,
      basis: basis + "; Student's t over data sets")
  }

  private var closedForm: Check {
    let misses = zip(values.times, normal).flatMap { time, errors -> [Double] in
      let level = plan.process.level(at: time)
      let draws: [Int?] = FreshNoise.draws + [nil]
      return zip(draws, errors ?? []).map { k, errors in
        let expected = FreshNoise.expectedNormal(k, level: level) / Double(values.points)
        let found = Estimate(errors)
        return abs(found.value - expected) / found.standardError
      }
    }
    return Check(
      .agreement, "closed_form",
      "lines on normal data from the closed form, in standard errors, largest of all k and levels",
      measured: isDone
        ? (misses.contains(where: \.isNaN) ? .nan : misses.max() ?? .nan) : nil,
      .atMost(4.5), basis: "(1 - u)(1/k + (1 - 1/k) 2u(1 - u))/n, u = sigma^2")
  }

  private func drawsRate(_ setting: Setting) -> Check {
    Check(
      .agreement, "draws_rate",
      "power of k of the squared distance from the minimiser with fresh noise, \(name(setting))",
      meanOf: isDone ? powers(setting) : nil, .near(-1, tolerance: 0.15),
      basis: "1/k to first order; Student's t over ten batches of data sets")
  }

  /// No loss is less anywhere than at its own minimiser.
  static func leastLoss(_ fits: [Plan.Fits]?) -> Check {
    Check(
      .identity, "least_loss",
      "least excess of a loss at the other's minimiser, fresh noise and one noise a point",
      measured: fits.map { $0.flatMap(\.excesses).min() ?? .nan }, .atLeast(-1e-9),
      basis: "each is the least of its own loss, to rounding")
  }
}
