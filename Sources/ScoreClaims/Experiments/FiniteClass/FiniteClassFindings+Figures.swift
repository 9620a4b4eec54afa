import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab

extension FiniteClassFindings {
  var exhibits: [Exhibit] {
    [
      .fixedFigure(candidates), .figure(sweepFigure(.classes)), .figure(sweepFigure(.shares)),
      .figure(sweepFigure(.accuracies)), .figure(excessFigure(0)), .figure(excessFigure(1)),
      .figure(bernsteinFigure), .table(slopeTable), .table(sizeTable), .table(excessTable),
      .table(bernsteinTable), .table(baselineTable),
    ]
  }

  /// The truth and two of the wrong candidates about the tail.
  var candidates: Figure {
    let (signs, level) = (values.base, values.level)
    let start = -StandardNormal.quantile(signs.eventMass)
    let x = (0...600).map { start - 1 + 3 * Double($0) / 600 }
    let step = signs.accuracy / level.sigma
    func candidate(_ sign: (Int) -> Double) -> [Double] {
      x.map { x in
        guard x > start else { return -x }
        let cell = Int(StandardNormal.tail(x) / signs.eventMass * Double(signs.cells))
        return -x + sign(min(cell, signs.cells - 1)) * step
      }
    }
    return Figure(
      "candidates", title: "The truth and two of 2^\(signs.cells) wrong candidates",
      caption: "Beyond the mark lies a share p = \(short(signs.eventMass)) of all points, in "
        + "\(signs.cells) cells of equal mass; a candidate is eps/sigma_t = \(short(step)) too "
        + "high "
        + "or too low in each.",
      .plot(
        Plot(
          x: .init("x"), y: .init("score"),
          series: [
            .init("too high everywhere", .comparison, x: x, y: candidate { _ in 1 }),
            .init("up and down", .measured, x: x, y: candidate { $0 % 2 == 0 ? 1 : -1 }),
            .init("truth", .exact, x: x, y: x.map { -$0 }),
          ],
          marks: [.init("tail of mass p", at: start, isVertical: true)])))
  }

  /// Samples needed along a sweep, with the exact numbers and the proof's.
  func sweepFigure(_ sweep: FiniteClass.Sweep) -> Figure {
    let (name, label, fixed) = words(sweep)
    let entries = entries(of: sweep)
    let x = entries.map { sweep.covariate($0.signs, failure: values.failure) }
    let done = entries.indices.filter { logSamples(entries[$0].counts) != nil }
    var series = [
      points(
        "found", .measured, x: done.map { x[$0] }, done.map { logSamples(entries[$0].counts) }),
      .init(
        "exact", .exact, x: done.map { x[$0] }, y: done.map { entries[$0].exact }),
      .init(
        "Bernstein and union", .claimed, x: x,
        y: entries.map { $0.signs.bernsteinSamples(failure: values.failure) }),
    ]
    if sweep == .shares {
      let inverse = values.deltas.map { 1 / $0 }
      let needed = spreadCounts.map { isDone ? logSamples($0) : nil }
      series.append(
        points(
          "wrong anywhere", .comparison, x: needed.contains { $0 == nil } ? [] : inverse, needed))
    }
    return Figure(
      name, title: "Samples needed against \(label)",
      caption:
        "\(fixed); \(sizes). Intervals of 95 % over groups. Bernstein and union: the proof's "
        + "bound with its constants.",
      .plot(
        Plot(
          x: .init(label, isLogarithmic: true), y: .init("m", isLogarithmic: true),
          series: series)))
  }

  private func words(_ sweep: FiniteClass.Sweep) -> (String, String, String) {
    let (delta, eps) = ("delta = \(short(values.delta))", "eps = \(short(values.accuracy))")
    let size = "n = \(values.cells)"
    return switch sweep {
    case .classes: ("samples_against_classes", "log(H/failure)", "\(delta), \(eps)")
    case .shares: ("samples_against_delta", "1/delta", "\(size), \(eps)")
    case .accuracies: ("samples_against_eps", "1/eps", "\(size), \(delta)")
    }
  }

  private func points(
    _ label: String, _ role: Plot.Role, x: [Double], _ means: [GroupMean?]
  ) -> Plot.Series {
    let means = x.isEmpty ? [] : means.compactMap { $0 }
    return .init(
      label, role, .points, x: x, y: means.map { exp($0.value) },
      lower: means.map { exp($0.interval.lowerBound) },
      upper: means.map { exp($0.interval.upperBound) })
  }

  /// The distribution of `l'` on the event of a candidate.
  func excessFigure(_ place: Int) -> Figure {
    let found = excess?.candidates[place]
    let shown =
      found?.excess ?? ExcessDraws.candidates(values, sampleCount: 1000)[place]
    let (x, y) = (found?.histogram.x ?? [], found?.histogram.y ?? [])
    let (mean, deviation) = (shown.error * shown.error, 2 * shown.error * shown.level.alpha)
    let width = x.count > 1 ? x[1] - x[0] : 0
    let middles = x.map { $0 + width / 2 }
    return Figure(
      "excess_\(shown.name)",
      title: "Excess loss of one sample, \(place == 0 ? "a pattern of the class" : "a kick")",
      caption: "l' = ||s_hat - s||^2 + 2 <s_hat - s, Delta> where s_hat is wrong, by "
        + "\(short(shown.error))/sigma_t on a share \(short(shown.mass)); elsewhere l' is 0. The "
        + "clip "
        + "of the proof is \(short(shown.clip))/sigma_t^2; it changes a share "
        + "\(found.map { NumberText.plain($0.clippedShare) } ?? "open") of all samples.",
      .plot(
        Plot(
          x: .init("l' sigma_t^2"), y: .init("share of samples there, a bin"),
          series: [
            .init("found", .measured, .steps, x: x, y: y),
            .init(
              "exact", .exact, x: middles,
              y: middles.map { width / deviation * StandardNormal.density(($0 - mean) / deviation) }
            ),
          ],
          // The kick's mean is at the clip, far from 0.
          marks: place == 0
            ? [.init("mean", at: mean, isVertical: true), .init("0", at: 0, isVertical: true)]
            : [.init("mean, and clip 10 B^2", at: shown.clip, isVertical: true)])))
  }

  /// How often a training set prefers a candidate, and the bound.
  var bernsteinFigure: Figure {
    let roles: [(Plot.Role, Plot.Role)] = [(.measured, .claimed), (.comparison, .null)]
    let series = (excess?.candidates ?? []).enumerated().flatMap { place, candidate in
      let m = excess?.sampleCounts ?? []
      let shares = zip(candidate.preferences, excess?.setCounts ?? []).map { count, sets in
        (Double(count) / Double(sets), BinomialDistribution.interval(successes: count, of: sets))
      }
      // What was never seen has no place on a logarithmic axis.
      let seen = m.indices.filter { shares[$0].0 > 0 }
      let bound = m.indices.map { candidate.excess.bernstein(sampleCount: Double(m[$0])) }
      return [
        Plot.Series(
          candidate.excess.name, roles[place].0, .points, x: seen.map { Double(m[$0]) },
          y: seen.map { shares[$0].0 }, lower: seen.map { max(1e-5, shares[$0].1.lower) },
          upper: seen.map { shares[$0].1.upper }),
        Plot.Series(
          "bound, \(candidate.excess.name)", roles[place].1, x: m.map(Double.init), y: bound),
      ]
    }
    return Figure(
      "bernstein", title: "Training sets that prefer a wrong candidate, and Bernstein's bound",
      caption: "Share of training sets of m samples whose mean clipped l' is 0 or less; Clopper-"
        + "Pearson intervals of 95 %. The bound is exp(-m t^2/(2 (V + M t/3))) with t the mean, V "
        + "the "
        + "variance and M the clip.",
      .plot(
        Plot(
          x: .init("m", isLogarithmic: true),
          y: .init("share of sets", isLogarithmic: true, lower: 1e-4, upper: 1.5), series: series)))
  }
}
