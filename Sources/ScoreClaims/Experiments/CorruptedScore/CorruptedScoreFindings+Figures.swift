import ScoreCore
import ScoreLab
import ScoreTheory

extension CorruptedScoreFindings {
  var exhibits: [Exhibit] {
    [
      .figure(trajectories), .figure(bounds), .table(table), .table(baselineTable),
      .table(pairTable),
    ]
  }

  /// Some paths that a kick hits among others that none does.
  private var trajectories: Figure {
    let place = cases[tracedCase]
    let distances = place.regions.values.map(\.distance)
    let reach = 2 * (distances.max() ?? 1) + abs(projection.mean)
    let share = hitShare(place)
    return Figure(
      "trajectories", title: "Paths that are hit, among others",
      caption:
        "\(traces.hit.count) of the paths that are hit (\(Caption.number(100 * share))% of "
        + "\(sampled), delta = \(place.delta)) and \(traces.other.count) of those that are not. "
        + "A kick of \(Caption.number(values.kick)) throws a path out of the picture.",
      .plot(
        Plot(
          x: .init("time since the start, T - t", lower: 0, upper: paths.process.horizon),
          y: .init(
            "coordinate along the direction, data units", lower: -reach, upper: reach),
          series: [
            series("not hit", .muted, traces.other), series("hit", .measured, traces.hit),
            edges(place),
          ])))
  }

  private func series(_ label: String, _ role: Plot.Role, _ tracks: [[Double]]) -> Plot.Series {
    let x = paths.times.map { paths.process.horizon - $0 }
    // A gap after each path keeps them apart.
    return .init(
      label, role, x: tracks.flatMap { _ in x + [x[x.count - 1]] },
      y: tracks.flatMap { $0 + [.nan] })
  }

  private func edges(_ place: Case) -> Plot.Series {
    let known = paths.times.compactMap { time in
      place.regions[paths.process.level(at: time)].map { (paths.process.horizon - time, $0) }
    }
    let x = known.map(\.0)
    let below = known.map { $0.1.centre - $0.1.distance }
    let above = known.map { $0.1.centre + $0.1.distance }
    // A gap keeps the two edges apart.
    return .init(
      "edges of the region", .exact, x: x + x.suffix(1) + x,
      y: below + (x.isEmpty ? [] : [.nan]) + above)
  }

  private var bounds: Figure {
    let x = cases.map(\.delta)
    let shares = cases.map { hitShare($0) }
    let certificates = cases.map(\.certificate)
    let hitErrors = cases.map { hitError($0) }
    return Figure(
      "bounds", title: "What the corruption costs, and what bounds say",
      caption: "\(sampled) points; intervals of 2 standard errors. The L2 route is beyond 1, where "
        + "it says nothing, unless the kick is small. Total variation by 64 bins includes "
        + "discretisation and the bins' noise.",
      .plot(
        Plot(
          x: .init("delta = steps x mass of the region", isLogarithmic: true),
          y: .init("total variation distance", isLogarithmic: true),
          series: [
            .init("union bound", .claimed, x: x, y: x),
            .init(
              "share of points hit", .measured, x: x, y: shares,
              lower: zip(shares, hitErrors).map { max(0, $0 - 2 * $1) },
              upper: zip(shares, hitErrors).map { $0 + 2 * $1 }),
            .init(
              "whole certificate", .exact, x: x, y: cases.map { whole($0) ?? .nan }),
            .init(
              "its score term", .exact, .points, x: x,
              y: certificates.map { $0?.bound ?? .nan }),
            .init(
              "total variation by histogram", .comparison, .points, x: x,
              y: cases.map { $0.variation?.value ?? .nan }),
            .init("L2 route", .muted, x: x, y: cases.map { l2Route($0) }),
          ],
          marks: exactVariation.map {
            [.init("histogram, exact score", at: $0.value, isVertical: false)]
          } ?? [])))
  }
}
