import ScoreCore
import ScoreLab

extension ImageCopiesFindings {
  var caveats: [String] {
    [
      "One order of the images and one network for each n; intervals are of the samples alone. The least n's "
        + "images are among all others', so the curves' points are not independent.",
      "The null has \(split.null.count) images: its 5% quantile is itself uncertain, as the share of the "
        + "\(split.fresh.count) other images left out shows.",
    ]
  }

  var exhibits: [Exhibit] {
    [.figure(shareFigure), .figure(energyFigure)]
      + imageFigures.map { figure in .figure(figure) } + [.table(table)]
  }

  private var setting: String {
    "Networks of \(values.steps) steps each; \(run.sampler.count) samples; \(split.null.count) images "
      + "left out are the null."
  }

  private func role(_ source: Source) -> Plot.Role {
    switch source {
    case .network: .measured
    case .memorizing: .exact
    case .gaussian: .comparison
    case .zero: .muted
    case .fresh: .null
    }
  }

  private func series(
    _ source: Source, _ value: (CopyReading) -> (Double, ClosedRange<Double>?)
  ) -> Plot.Series {
    let found = places.compactMap { place in
      reading(source, place).map { (x: Double(split.counts[place]), y: value($0)) }
    }
    return .init(
      source.rawValue, role(source), x: found.map(\.x), y: found.map(\.y.0),
      lower: found.map { $0.y.1?.lowerBound ?? $0.y.0 },
      upper: found.map { $0.y.1?.upperBound ?? $0.y.0 })
  }

  private var shareFigure: Figure {
    Figure(
      "copies", title: "Copies against n",
      caption:
        "Share of samples nearer to a training image than 5% of images left out are; 95% intervals of "
        + "counts. \(setting)",
      .plot(
        Plot(
          x: .init("n, training images", isLogarithmic: true), y: .init("share of copies"),
          series: Source.allCases.map { series($0) { ($0.share, $0.interval) } })))
  }

  private var energyFigure: Figure {
    Figure(
      "energy", title: "How near samples are to images left out",
      caption:
        "Energy distance to images left out, mean over \(CopySplit.groupCount) groups of samples with "
        + "Student's interval. \(setting)",
      .plot(
        Plot(
          x: .init("n, training images", isLogarithmic: true),
          y: .init("energy distance", isLogarithmic: true),
          series: [Source.network, .memorizing, .gaussian, .zero].map {
            series($0) { (Estimate($0.energies).value, Estimate.meanInterval(of: $0.energies)) }
          })))
  }

  /// Samples of the network over their nearest training images, at the fewest and the most.
  private var imageFigures: [Figure] {
    guard let format = split.format else { return [] }
    return Set([0, last]).sorted().compactMap { place in
      guard let found = reading(.network, place) else { return nil }
      let parts = [found.shown.points, found.nearest.points]
      return Figure(
        "samples_\(split.counts[place])", title: "Samples of \(split.counts[place]) images",
        caption: "The network's first samples over their nearest training images. \(setting)",
        .images(
          ImageGrid(
            width: format.width, height: format.height, columns: parts[0].count,
            values: parts.flatMap { format.pixels(split.coordinates.userUnits($0)) },
            rowLabels: ["network", "nearest"])))
    }
  }

  private var table: ReportTable {
    ReportTable(
      "copies", title: "Copies against n",
      columns: [
        "samples of", "n", "share of copies", "95% low", "95% high", "median distance",
        "null's 5% quantile", "energy distance", "energy: 95% low", "energy: 95% high",
      ],
      rows: places.flatMap { place in
        Source.allCases.compactMap { source in
          guard let found = reading(source, place) else { return nil }
          // Images left out are what the distance is to.
          let energies = source == .fresh ? [] : found.energies
          let spread = Estimate.meanInterval(of: energies)
          return [.text(source.rawValue), .integer(split.counts[place])]
            + [
              found.share, found.interval.lowerBound, found.interval.upperBound, found.median,
              found.threshold, energies.isEmpty ? nil : Estimate(energies).value,
              spread?.lowerBound, spread?.upperBound,
            ].map { ReportTable.Cell($0) }
        }
      },
      note: "Distances are Euclidean in model coordinates, whose mean variance is 1. \(setting)")
  }
}
