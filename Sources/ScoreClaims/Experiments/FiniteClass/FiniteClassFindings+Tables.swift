import Glibc
import ScoreCore
import ScoreLab

extension FiniteClassFindings {
  var slopeTable: ReportTable {
    let names: [(FiniteClass.Sweep, String, Double)] = [
      (.classes, "log(H/failure)", 1), (.shares, "1/delta", 1), (.accuracies, "1/eps", 2),
    ]
    func row(
      _ name: String, _ found: GroupMean?, exact: Double?, lemma: Double
    ) -> [ReportTable.Cell] {
      [
        .text(name), .init(found?.value), .init(found?.interval.lowerBound),
        .init(found?.interval.upperBound), .init(isDone ? exact : nil), .number(lemma),
      ]
    }
    return ReportTable(
      "slopes", title: "Exponents of the samples needed",
      columns: ["m against", "slope", "95% lower", "95% upper", "of exact numbers", "lemma"],
      rows: names.map { row($1, slope($0), exact: exactSlope($0), lemma: $2) }
        + [row("1/delta, wrong anywhere", spreadSlope, exact: exactSpreadSlope, lemma: 1)],
      note:
        "\(sizes); \(values.sweepCount) classes a sweep. The lemma's exponents are upper bounds."
    )
  }

  var sizeTable: ReportTable {
    let signs = entries.map { entry -> [ReportTable.Cell] in
      let (found, signs) = (logSamples(entry.counts), entry.signs)
      let order =
        (signs.logSize - log(values.failure)) / (signs.accuracy * signs.accuracy * signs.delta)
      let bound = signs.bernsteinSamples(failure: values.failure)
      return [
        .text(word(entry.sweep)), .integer(signs.cells), .number(signs.logSize),
        .number(signs.delta), .number(signs.accuracy),
      ]
        + numbers(found) + [
          .init(found == nil ? nil : entry.exact), .init(found.map { exp($0.value) / order }),
          .number(bound), .init(found.map { bound / exp($0.value) }),
        ]
    }
    let spread = zip(values.deltas, spreadCounts).map { delta, counts -> [ReportTable.Cell] in
      let found = isDone ? logSamples(counts) : nil
      let order =
        (values.spread.logSize - log(values.failure)) / (values.accuracy * values.accuracy * delta)
      return [
        .text("wrong anywhere"), .integer(values.spread.cells), .number(values.spread.logSize),
        .number(delta), .number(values.accuracy),
      ]
        + numbers(found) + [
          .number(values.spread.samplesNeeded(delta: delta, failure: values.failure)),
          .init(found.map { exp($0.value) / order }), .none, .none,
        ]
    }
    return ReportTable(
      "sample_sizes", title: "Samples needed",
      columns: [
        "sweep", "cells n", "log H", "delta", "eps", "m", "95% lower", "95% upper", "exact m",
        "m eps^2 delta/log(H/failure)", "Bernstein and union", "over m",
      ],
      rows: signs + spread,
      note:
        "m at which a wrong score is chosen with probability \(short(values.failure)); \(sizes). "
        + "Exact: by characteristic functions; for the class that may be wrong anywhere with cells "
        + "taken as independent.")
  }

  private func numbers(_ found: GroupMean?) -> [ReportTable.Cell] {
    [
      .init(found.map { exp($0.value) }), .init(found.map { exp($0.interval.lowerBound) }),
      .init(found.map { exp($0.interval.upperBound) }),
    ]
  }

  private func word(_ sweep: FiniteClass.Sweep) -> String {
    switch sweep {
    case .classes: "log H"
    case .shares: "delta"
    case .accuracies: "eps"
    }
  }

  var excessTable: ReportTable {
    ReportTable(
      "excess", title: "Excess losses of two candidates, in units of 1/sigma_t^2",
      columns: [
        "candidate", "wrong by", "on a share", "L2^2", "mean l'", "standard error", "clip 10 B^2",
        "clipped share", "mean clipped l'", "its closed form", "variance, clipped",
      ],
      rows: (excess?.candidates ?? []).map { found in
        let excess = found.excess
        return [.text(excess.name)]
          + [
            excess.error, excess.mass, excess.l2Squared, found.mean.value,
            found.mean.standardError, excess.clip, found.clippedShare, found.clippedMean.value,
            excess.clippedMean, excess.variance,
          ].map { .number($0) }
      },
      note: "B is the size that no noise of m = \(excess?.sampleCounts.last ?? 0) samples exceeds, "
        + "but for a probability \(short(values.failure)).")
  }

  var bernsteinTable: ReportTable {
    let rows = (excess?.candidates ?? []).flatMap { found in
      zip(found.preferences, zip(excess?.sampleCounts ?? [], excess?.setCounts ?? [])).map {
        count, sizes -> [ReportTable.Cell] in
        let interval = BinomialDistribution.interval(successes: count, of: sizes.1)
        return [
          .text(found.excess.name), .integer(sizes.0), .integer(sizes.1),
          .number(Double(count) / Double(sizes.1)), .number(interval.lower),
          .number(interval.upper), .number(found.excess.bernstein(sampleCount: Double(sizes.0))),
        ]
      }
    }
    return ReportTable(
      "bernstein", title: "Training sets that prefer a wrong candidate",
      columns: ["candidate", "m", "sets", "share", "95% lower", "95% upper", "Bernstein's bound"],
      rows: rows, note: "A set prefers it where the mean of its clipped l' is 0 or less.")
  }

  var baselineTable: ReportTable {
    let own: [[ReportTable.Cell]] = [
      [.text("truth, one of the class"), .number(0), .none, .none, .number(0)],
      [
        .text("any other of the class"), .number(1), .none, .none,
        .number(values.base.eventMass.squareRoot()),
      ],
    ]
    return ReportTable(
      "baselines", title: "Errors of the class and of trivial scores, in units of eps/sigma_t",
      columns: ["score", "D_delta", "95% lower", "95% upper", "L2"],
      rows: own
        + (baselines?.rows ?? []).map { row in
          [
            .text(row.name), .init(row.quantile), .number(row.interval.lowerBound),
            .number(row.interval.upperBound), .number(row.l2),
          ]
        },
      note: "delta = \(short(values.delta)), eps = \(short(values.accuracy)); the fitted and the "
        + "memorising score have the \(baselines?.sampleCount ?? 0) samples that the class needs; "
        + "\(baselines?.probeCount ?? 0) points. A score of the class drawn by a coin is wrong "
        + "with "
        + "probability 1 - 1/H.")
  }
}
