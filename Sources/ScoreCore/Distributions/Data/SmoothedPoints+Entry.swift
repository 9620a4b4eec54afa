extension DistributionCatalog.Entry {
  static let points = DistributionCatalog.Entry(
    name: "points",
    summary: "the rows of a file, each smoothed by a Gaussian",
    source: "kernel density; Rosenblatt 1956, Parzen 1962",
    parameters: [
      ParameterDescription("file", "the table", .text(default: nil)),
      ParameterDescription("columns", "names of the columns used; all if not given", .structured),
      ParameterDescription(
        "label", "a further column whose values, numbers or texts, are classes; empty for none",
        .text(default: "")),
      ParameterDescription(
        "standardize", "centre each column and divide it by its deviation", .flag(default: true)),
      .bandwidth,
    ],
    make: { parameters, source in
      let (file, label) = (parameters.text("file"), parameters.text("label"))
      var columns: [String] = []
      if let value = parameters.values["columns"] {
        for (index, item) in try value.list(at: ["columns"], of: "column names").enumerated() {
          columns.append(try item.text(at: ["columns", "\(index + 1)"]))
        }
      }
      let read =
        label.isEmpty
        ? (table: try source.table(file: file, columns: columns), labels: nil)
        : try source.table(file: file, columns: columns, label: label)
      var points = try SmoothedPoints(
        table: read.table, scaling: parameters.flag("standardize") ? .columns : .none,
        bandwidth: parameters.number("bandwidth"))
      points.labels = try read.labels.map { try PointLabels($0, path: "label") }
      return points
    })
}

extension DistributionCatalog.Entry {
  /// A table that is part of the program, as smoothed points.
  static func table(
    name: String, summary: String, source: String, scaling: SmoothedPoints.Scaling = .columns,
    images: @escaping @Sendable (Points) -> ImageFormat? = { _ in nil },
    labels: @escaping @Sendable () -> PointLabels? = { nil },
    _ table: @escaping @Sendable () -> DataTable
  ) -> DistributionCatalog.Entry {
    DistributionCatalog.Entry(
      name: name, summary: summary, source: source, parameters: [.bandwidth],
      make: { parameters, _ in
        let table = table()
        var points = try SmoothedPoints(
          table: table, scaling: scaling, bandwidth: parameters.number("bandwidth"))
        points.images = images(table.points)
        points.labels = labels()
        return points
      })
  }
}

extension DataTable {
  /// The table without some of its columns; whole where nothing would be left of it.
  func removing(columns: [String]) -> DataTable {
    let kept = names.indices.filter { !columns.contains(names[$0]) }
    guard !kept.isEmpty && kept.count < names.count else { return self }
    let values = (0..<points.count).flatMap { row in kept.map { points[row, $0] } }
    return DataTable(
      names: kept.map { names[$0] }, points: Points(values: values, dimension: kept.count))
  }

  /// Reads a table from text that is part of the program.
  ///
  /// - Parameters:
  ///   - names: The columns.
  ///   - rows: How many rows the text has.
  ///   - text: Numbers between commas, blanks and line ends.
  init(names: [String], rows: Int, embedded text: String) {
    let values = text.split(whereSeparator: { ", \n".contains($0) }).compactMap { Double($0) }
    precondition(values.count == names.count * rows, "The embedded table is complete.")
    self.init(names: names, points: Points(values: values, dimension: names.count))
  }
}
