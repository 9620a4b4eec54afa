import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension OutlierScoreFindings {
  var exhibits: [Exhibit] {
    [
      .fixedFigure(scores), .fixedFigure(tradeOff), .figure(gapsFound), .table(gapTable),
      .table(distributionTable), .fixedTable(lemmaTable),
    ]
  }

  private var scores: Figure {
    let b = values.mixture.switchPoint
    let x = (0...400).map { -4 + (b + 6) * Double($0) / 400 }
    let wrong = [
      ("mixture", values.mixture, Plot.Role.measured), ("ramp", values.ramp, .comparison),
    ]
    return Figure(
      "scores", title: "True and wrong scores of N(0, 1)",
      caption: "Closed forms. Beyond b = \(NumberText.plain(b, digits: 5)) lies a share "
        + "\(NumberText.plain(StandardNormal.tail(b))) of all samples. The wrong scores go on far "
        + "beyond the top.",
      .plot(
        Plot(
          x: .init("x, standard deviations"),
          y: .init("score, 1 / standard deviation", lower: -b - 2, upper: 2 * b + 4),
          series: [.init("exact", .exact, x: x, y: x.map { -$0 })]
            + wrong.map { name, score, role in
              .init(name, role, x: x, y: x.map { score.error(at: $0) - $0 })
            },
          marks: [.init("b", at: b, isVertical: true)])))
  }

  /// The claim's rate against what the switch point allows.
  private var tradeOff: Figure {
    let (m, S) = (values.sampleCount, values.separation)
    let scores = (0...200).map { 1 + 5 * Double($0) / 200 }.filter { $0 < S }.map {
      OutlierScore(.mixture(separation: S), switchPoint: $0)
    }
    let x = scores.map(\.switchPoint)
    return Figure(
      "trade_off", title: "What a switch point buys",
      caption:
        "Closed forms for m = \(m), S = \(NumberText.plain(S)). Where the first curve is at 1 "
        + "the gap is S^2/m; the second says how likely it is that m samples do not see it, and the "
        + "third bounds how likely it is that they see less than 1% of it.",
      .plot(
        Plot(
          x: .init("switch point b, standard deviations"),
          y: .init("L2^2 m / S^2, and probabilities", lower: 0, upper: 2),
          series: [
            .init(
              "L2^2 relative to S^2/m", .measured, x: x,
              y: scores.map { $0.l2Squared * Double(m) / (S * S) }),
            .init(
              "P(all m samples below b)", .comparison, x: x,
              y: scores.map { $0.unseenProbability(sampleCount: m) }),
            .init(
              "bound on P(gap below 1% of L2^2)", .claimed, x: x,
              y: scores.map { $0.unnoticedBound(share: Self.noticedShare, sampleCount: m) }),
          ],
          marks: [
            .init("claimed S^2/m", at: 1, isVertical: false),
            .init("b", at: values.mixture.switchPoint, isVertical: true),
          ])))
  }

  /// The distribution over data sets of what they see of the population's gap.
  private var gapsFound: Figure {
    let floor = 1e-12
    let zero = baselines[0]
    let found =
      candidates.map { ($0.name, $0.gaps.map { [l2 = $0.l2Squared] in $0 / l2 }) }
      + [("zero score", zip(zero.gaps, zero.l2Squared).map { $0 / $1 })]
    let roles: [Plot.Role] = [.measured, .comparison, .muted]
    return Figure(
      "empirical_gap", title: "What a data set sees of the gap",
      caption:
        "\(repeatsDone) data sets of m = \(values.sampleCount) samples: the squared gap over "
        + "each, divided by the population's L2^2. Values below \(NumberText.plain(floor)) are drawn "
        + "there.",
      .plot(
        Plot(
          x: .init("empirical squared gap / L2^2", isLogarithmic: true, lower: floor),
          y: .init("share of data sets below", lower: 0, upper: 1),
          series: zip(found, roles).map { found, role in
            let sorted = found.1.map { max($0, floor) }.sorted()
            return .init(
              found.0, role, .steps, x: sorted,
              y: sorted.indices.map { Double($0 + 1) / Double(sorted.count) })
          },
          marks: [
            .init("1%", at: Self.noticedShare, isVertical: true),
            .init("population", at: 1, isVertical: true),
          ])))
  }
}
