import Glibc
import NumberFormatting
package import ScoreClaims
import ScoreCore

/// What a number of a sweep does along one key, or over two.
package struct SweepSummary {
  /// The runs that differ in nothing but the key and the seed.
  struct Line {
    /// The values of the other keys, such as `network.depth=2`; empty where there are none.
    var label: String
    /// By the value of the key: the number of every seed.
    var groups: [(value: SweepValue, numbers: [Double])]
  }

  private let table: SweepTable
  private let metric: String
  private let over: Int
  private let by: Int?

  /// The most curves of a figure.
  private static let mostLines = 8

  /// Takes a number along a key; nil where no key has two values, and none was asked for.
  ///
  /// - Parameters:
  ///   - table: The results.
  ///   - metric: The number; the usual one without it.
  ///   - over: The key along which; the first with more than one value without it.
  ///   - by: A second key for a heat map.
  /// - Throws: ``SweepError/doesNotFit(_:)`` naming what there is.
  package init?(_ table: SweepTable, metric: String?, over: String?, by: String?) throws {
    self.table = table
    guard let name = metric ?? table.usualMetric, table.metrics.contains(name) else {
      throw SweepError.doesNotFit(
        "--metric \(metric ?? ""): there are \(table.metrics.joined(separator: ", "))")
    }
    self.metric = name
    func place(_ key: String, _ option: String) throws -> Int {
      guard let place = table.keys.firstIndex(of: key) else {
        let names = table.keys.isEmpty ? "none" : table.keys.joined(separator: ", ")
        throw SweepError.doesNotFit("\(option) \(key): the keys of this sweep are \(names)")
      }
      return place
    }
    let varied = table.keys.indices.filter { key in
      Set(table.rows.map { $0.values[key] }).count > 1
    }
    guard let first = try over.map({ try place($0, "--over") }) ?? varied.first else { return nil }
    guard by == nil || by != table.keys[first] else {
      throw SweepError.doesNotFit("--by \(by ?? ""): a heat map needs another key than --over")
    }
    self.over = first
    self.by = try by.map { try place($0, "--by") } ?? varied.first { $0 != first }
  }

  // MARK: - Along one key

  /// Curves in the order in which they appear; values ascend where they are numbers.
  var lines: [Line] {
    var lines: [Line] = []
    var places: [[SweepValue]: Int] = [:]
    for row in table.rows {
      var others = row.values
      let value = others.remove(at: over)
      if places[others] == nil {
        places[others] = lines.count
        let names = table.keys.indices.filter { $0 != over }
        lines.append(
          Line(
            label: zip(names, others).map { "\(table.keys[$0])=\($1.text)" }
              .joined(separator: ", "), groups: []))
      }
      guard let place = places[others], let number = row.numbers[metric] else { continue }
      if let group = lines[place].groups.firstIndex(where: { $0.value == value }) {
        lines[place].groups[group].numbers.append(number)
      } else {
        lines[place].groups.append((value, [number]))
      }
    }
    for place in lines.indices {
      lines[place].groups.sort { ($0.value.number ?? 0) < ($1.value.number ?? 0) }
    }
    return lines
  }

  /// The slope of a power law along the key, from every run at which both are positive.
  private func slope(_ line: Line) -> LineFit? {
    var (x, y): ([Double], [Double]) = ([], [])
    for (value, numbers) in line.groups {
      guard let place = value.number else { return nil }
      x += numbers.map { _ in place }
      y += numbers
    }
    return LineFit.powerLaw(x: x, y: y)
  }

  /// Means over seeds at each value.
  package var means: ReportTable {
    let rows = lines.flatMap { line in
      line.groups.map { group -> [ReportTable.Cell] in
        let interval = Estimate.meanInterval(of: group.numbers)
        return [
          .text(line.label), .text(group.value.text), .integer(group.numbers.count),
          ReportTable.Cell(Estimate(group.numbers).value.finite),
          ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
        ]
      }
    }
    return ReportTable(
      "means", title: "\(metric) along \(table.keys[over])",
      columns: ["other keys", table.keys[over], "seeds", "mean \(metric)", "low", "high"],
      rows: rows,
      note:
        "Intervals: Student's t over seeds, 95%; they need two seeds or more, and hold for values "
        + "near normal.")
  }

  /// The slopes of power laws along the key; nil where its values are no numbers above 0.
  package var slopes: ReportTable? {
    guard lines.contains(where: { slope($0) != nil }) else { return nil }
    let rows = lines.map { line -> [ReportTable.Cell] in
      let fit = slope(line)
      let interval = fit?.slopeInterval()
      return [
        .text(line.label), ReportTable.Cell(fit?.slope), ReportTable.Cell(interval?.lowerBound),
        ReportTable.Cell(interval?.upperBound), .integer(fit?.count ?? 0),
      ]
    }
    return ReportTable(
      "slopes", title: "Power laws of \(metric) in \(table.keys[over])",
      columns: ["other keys", "slope", "low", "high", "runs"], rows: rows,
      note:
        "Least squares of the logarithms over all runs with positive numbers; Student's t interval, "
        + "95%, for independent errors of equal size in the logarithm. A seed that is used at every "
        + "value makes the errors of one seed alike.")
  }

  /// Curves with their intervals; nil where the key has no numbers.
  package var figure: Figure? {
    let lines = lines
    let numbers = lines.flatMap { $0.groups.compactMap(\.value.number) }
    guard numbers.count == lines.reduce(0, { $0 + $1.groups.count }), !numbers.isEmpty else {
      return nil
    }
    let values = lines.flatMap { $0.groups.flatMap(\.numbers) }.filter(\.isFinite)
    let series = lines.prefix(Self.mostLines).enumerated().map { place, line in
      let means = line.groups.map { Estimate($0.numbers).value }
      let intervals = line.groups.map { Estimate.meanInterval(of: $0.numbers) }
      return Plot.Series(
        line.label.isEmpty ? metric : line.label, place == 0 ? .measured : .comparison,
        x: line.groups.map { $0.value.number ?? .nan }, y: means,
        lower: intervals.map { $0?.lowerBound ?? .nan },
        upper: intervals.map { $0?.upperBound ?? .nan })
    }
    let seeds = Set(table.rows.map(\.seed)).count
    let left =
      lines.count > Self.mostLines ? " The first \(Self.mostLines) of \(lines.count) curves." : ""
    return Figure(
      "along_\(table.keys[over].replacingDots)", title: "\(metric) against \(table.keys[over])",
      caption:
        "Means over \(NumberText.counted(seeds, "seed")), with 95% intervals where there are two "
        + "or more." + left,
      .plot(
        Plot(
          x: .init(table.keys[over], isLogarithmic: Self.isWide(numbers)),
          y: .init(metric, isLogarithmic: Self.isWide(values)), series: series)))
  }

  /// Whether positive numbers span so much that a logarithmic axis shows more.
  private static func isWide(_ values: [Double]) -> Bool {
    guard let low = values.min(), let high = values.max(), low > 0 else { return false }
    return high / low >= 8
  }

  // MARK: - Over two keys

  /// Means over seeds and other keys; nil without a second key.
  package var heatMap: HeatMap? {
    guard let by else { return nil }
    func values(_ key: Int) -> [SweepValue] {
      var seen: Set<SweepValue> = []
      let values = table.rows.map { $0.values[key] }.filter { seen.insert($0).inserted }
      return values.sorted { ($0.number ?? 0) < ($1.number ?? 0) }
    }
    let (x, y) = (values(over), values(by))
    // A cell of a random draw would be one run.
    guard x.count <= 24, y.count <= 24 else { return nil }
    var sums: [[SweepValue]: (sum: Double, count: Int)] = [:]
    for row in table.rows {
      guard let number = row.numbers[metric], number.isFinite else { continue }
      let old = sums[[row.values[over], row.values[by]], default: (0, 0)]
      sums[[row.values[over], row.values[by]]] = (old.sum + number, old.count + 1)
    }
    let cells = y.map { y in
      x.map { x in sums[[x, y]].map { $0.sum / Double($0.count) } ?? .nan }
    }
    return HeatMap(
      "heat_\(table.keys[over].replacingDots)_\(table.keys[by].replacingDots)",
      title: "\(metric) over \(table.keys[over]) and \(table.keys[by])",
      caption: "Means over all runs of a cell, whatever their seed and their other keys.",
      x: (table.keys[over], x.map(\.text)), y: (table.keys[by], y.map(\.text)),
      label: "mean \(metric); darker is larger", values: cells,
      isLogarithmic: Self.isWide(cells.flatMap { $0 }.filter(\.isFinite)))
  }
}

extension String {
  fileprivate var replacingDots: String { String(map { $0 == "." ? "_" : $0 }) }
}

extension Double {
  fileprivate var finite: Double? { isFinite ? self : nil }
}
