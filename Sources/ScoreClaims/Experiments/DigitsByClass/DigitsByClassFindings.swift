import ScoreCore
import ScoreLab

/// What the readings say of the claim.
struct DigitsByClassFindings: ExperimentFindings {
  typealias Plan = DigitsByClassPlan
  typealias Source = Plan.Source

  let values: DigitsByClass
  let run: RunConfiguration
  let split: ClassSplit
  var bayesGap: Double?
  private(set) var samples: [Source: Points] = [:]
  /// Nil for a sample that is not finite.
  private(set) var readings: [Source: ClassReading?] = [:]

  init(_ plan: Plan, _ records: Plan.Records) {
    (values, run, split) = (plan.values, plan.run, plan.split)
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (.bayes, .bayes(let gap)): bayesGap = gap
      case (.sample(let source), .sample(let points)): samples[source] = points.points
      case (.reading(let source), .reading(let found)): readings[source] = .some(found)
      case (.training, .trained): break
      case (.training, _), (.bayes, _), (.sample, _), (.reading, _):
        preconditionFailure("A unit's record is of its kind.")
      }
    }
  }
}

// MARK: - Checks

extension DigitsByClassFindings {
  /// The share of near copies that is no sign of memorising, as in real_images.
  private static let fewCopies = 0.05

  var checks: [Check] {
    [
      reading(.claim, "read_network", .network, .atLeast(0.9), "nine out of ten"),
      reading(.claim, "read_guided", .guided, .atLeast(0.9), "nine out of ten"),
      copies(
        .claim, "network_copies", .network, .atMost(Self.fewCopies), "few, as fresh images have"),
      energyCheck,
      reading(.agreement, "judge", .real, .atLeast(0.9), "real images that the judge never saw"),
      reading(.agreement, "read_memorizing", .memorizing, .atLeast(0.9), "real images, smoothed"),
      copies(.agreement, "memorizing_copies", .memorizing, .atLeast(0.5), "they are copies"),
      reading(
        .agreement, "read_blind", .blind,
        .near(1 / Double(split.classNames.count), tolerance: 0.05),
        "nothing says which class is wanted"),
      Check(
        .identity, "bayes",
        "score of all images against the mean of the classes', largest gap times sigma, relative",
        measured: bayesGap, .atMost(1e-6), basis: "Bayes' rule, at 24 points; rounding"),
    ]
  }

  private func reading(
    _ kind: Check.Kind, _ name: String, _ source: Source, _ requirement: Check.Requirement,
    _ basis: String
  ) -> Check {
    Check(
      kind, name, "share read as their class, \(source.rawValue)",
      measured: readings[source].map { $0?.share ?? .nan },
      interval: readings[source]??.interval(\.right), requirement,
      basis: basis + "; Clopper and Pearson")
  }

  private func copies(
    _ kind: Check.Kind, _ name: String, _ source: Source, _ requirement: Check.Requirement,
    _ basis: String
  ) -> Check {
    Check(
      kind, name, "share of near copies of images to learn, \(source.rawValue)",
      measured: readings[source].map { $0?.copyShare ?? .nan },
      interval: readings[source]??.interval(\.copies), requirement,
      basis: basis + "; Clopper and Pearson")
  }

  private var energyCheck: Check {
    let both = [readings[.network] ?? nil, readings[.gaussians] ?? nil].compactMap { $0 }
    let gaps =
      both.count == 2
      ? zip(both[0].classes, both[1].classes).map { $0.energy - $1.energy } : nil
    return Check(
      .claim, "nearer",
      "energy distance to the judge's images of the class, network less one Gaussian, mean over classes",
      meanOf: readings[.network] != nil && readings[.gaussians] != nil ? gaps ?? [.nan] : nil,
      .atMost(0), basis: "nearer; Student's t over classes")
  }
}

extension ClassReading {
  /// The interval of Clopper and Pearson of a share of all samples.
  func interval(_ count: KeyPath<ClassReading, Int>) -> ClosedRange<Double> {
    .share(self[keyPath: count], of: total)
  }
}

// MARK: - Exhibits

extension DigitsByClassFindings {
  var caveats: [String] {
    [
      "The judge knows \(split.judge.count) images; what it reads wrong of real ones is its own error. One "
        + "network and one split: other seeds differ by more than the intervals of counts."
    ]
  }

  var exhibits: [Exhibit] {
    imageFigures.map { figure in .figure(figure) } + [.table(readingTable), .table(classTable)]
  }

  private var setting: String {
    "\(split.training.data.count) images to learn, smoothed by \(split.training.bandwidth), and "
      + "\(split.judge.count) of the judge; \(values.steps) steps; guidance "
      + "\(Caption.number(values.guidance))."
  }

  private var imageFigures: [Figure] {
    guard let images = split.training.images else { return [] }
    return [Source.network, .guided, .gaussians].compactMap { source in
      guard let sample = samples[source], sample.values.allSatisfy(\.isFinite) else { return nil }
      let classes = split.classes(of: source, run)
      let columns = 10
      let values = split.classNames.indices.flatMap { index in
        let rows = classes.indices.filter { classes[$0] == index }.prefix(columns)
        let points = split.training.coordinates.userUnits(sample.rows(at: rows))
        let missing = (columns - rows.count) * sample.dimension
        return images.pixels(points) + Array(repeating: .nan, count: missing)
      }
      return Figure(
        "samples_\(source)", title: "Samples by class: \(source.rawValue)",
        caption: "The first \(columns) of each class, one class a row. \(setting)",
        .images(
          ImageGrid(
            width: images.width, height: images.height, columns: columns, values: values,
            rowLabels: split.classNames)))
    }
  }

  private var readingTable: ReportTable {
    ReportTable(
      "readings", title: "What the judge reads",
      columns: [
        "images", "number", "read as their class", "95% low", "95% high", "near copies",
        "copies: 95% low", "copies: 95% high", "energy distance, mean over classes",
        "energy: 95% low", "energy: 95% high",
      ],
      rows: Source.allCases.compactMap { source in
        guard let found = readings[source] ?? nil else { return nil }
        let (right, copies) = (found.interval(\.right), found.interval(\.copies))
        let energies = found.classes.map(\.energy)
        let spread = Estimate.meanInterval(of: energies)
        return [.text(source.rawValue), .integer(found.total)]
          + [
            found.share, right.lowerBound, right.upperBound, found.copyShare, copies.lowerBound,
            copies.upperBound, Estimate(energies).value, spread?.lowerBound, spread?.upperBound,
          ].map { ReportTable.Cell($0) }
      },
      note:
        "Each is read as the class of the nearest of the judge's images. Real images are those to learn, which "
        + "the judge never saw: their share is its accuracy. \(setting)")
  }

  private var classTable: ReportTable {
    ReportTable(
      "classes", title: "By class",
      columns: ["class"] + Source.allCases.map(\.rawValue),
      rows: split.classNames.indices.map { index in
        [.text(split.classNames[index])]
          + Source.allCases.map { source in
            let found = (readings[source] ?? nil)?.classes[index]
            return ReportTable.Cell(
              found.flatMap { $0.total > 0 ? Double($0.right) / Double($0.total) : nil })
          }
      },
      note: "Shares read as the class. \(setting)")
  }
}
