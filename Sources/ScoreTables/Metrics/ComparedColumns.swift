/// The rows of two tables together, made ready to be dealt into two many times.
struct ComparedColumns {
  /// The differences between the first rows and the others.
  struct Differences {
    var columns: [Double]
    var pairMean: Double?
    var columnMean: Double { columns.reduce(0, +) / Double(columns.count) }
  }

  /// A column as steps: rows of one value have one step, in order of the value.
  private struct Steps {
    var step: [Int]
    var count: Int
    /// The quarter of each row, or its category; the last is for missing values.
    var cell: [Int]
    var cellCount: Int
    var isOrdered: Bool
    /// The values, centred and scaled, for correlations; nil for categories.
    var numbers: [Double]?
  }

  private let columns: [Steps]

  init(_ schemas: [ColumnSchema], _ values: [[Double]]) {
    columns = zip(schemas, values).map { Self.steps($0, $1) }
  }

  private static func steps(_ schema: ColumnSchema, _ values: [Double]) -> Steps {
    let isOrdered = !schema.kind.hasCategories || schema.kind == .ordinal
    let present = values.filter { !$0.isNaN }
    let sorted = Set(present).sorted()
    // Missing comes before all numbers.
    let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0 + 1) })
    let step = values.map { places[$0] ?? 0 }
    guard isOrdered else {
      let cell = step
      return Steps(
        step: step, count: sorted.count + 1, cell: cell, cellCount: sorted.count + 1,
        isOrdered: false, numbers: nil)
    }
    let order = present.sorted()
    let cuts = order.isEmpty ? [] : [1, 2, 3].map { order[order.count * $0 / 4] }
    let cell = values.map { value in value.isNaN ? 4 : cuts.count { value >= $0 } }
    let centre = order.isEmpty ? 0 : order[order.count / 2]
    let size = order.map { abs($0 - centre) }.max() ?? 0
    return Steps(
      step: step, count: sorted.count + 1, cell: cell, cellCount: 5, isOrdered: true,
      numbers: values.map { $0.isNaN ? .nan : ($0 - centre) / (size > 0 ? size : 1) })
  }

  /// The differences when so many rows are dealt, and those of `first` are the first table.
  func differences(first: [Int], count: Int) -> Differences {
    var isFirst = [Bool](repeating: false, count: count)
    for row in first { isFirst[row] = true }
    let column = columns.map { Self.difference($0, isFirst) }
    var pairs: [Double] = []
    for left in columns.indices {
      for right in columns.indices where right > left {
        pairs.append(Self.difference(columns[left], columns[right], isFirst))
      }
    }
    return Differences(
      columns: column,
      pairMean: pairs.isEmpty ? nil : pairs.reduce(0, +) / Double(pairs.count))
  }

  /// How many rows of each table have each step.
  ///
  /// They are counted, not summed as shares: equal differences are then equal numbers, so that none is
  /// above its null by rounding.
  private struct Counts {
    var first: [Int]
    var other: [Int]

    init(_ count: Int, _ isFirst: [Bool], step: (Int) -> Int) {
      first = Array(repeating: 0, count: count)
      other = first
      for row in isFirst.indices {
        if isFirst[row] { first[step(row)] += 1 } else { other[step(row)] += 1 }
      }
    }

    /// Half the sum of the differences of the shares.
    var totalVariation: Double {
      let (n, m) = (first.reduce(0, +), other.reduce(0, +))
      // n m times the shares' differences are whole.
      let sum = zip(first, other).reduce(0) { $0 + abs($1.0 * m - $1.1 * n) }
      return Double(sum) / Double(2 * n * m)
    }

    /// The largest difference of the distribution functions.
    var largestGap: Double {
      let (n, m) = (first.reduce(0, +), other.reduce(0, +))
      var (gap, largest) = (0, 0)
      for (a, b) in zip(first, other) {
        gap += a * m - b * n
        largest = max(largest, abs(gap))
      }
      return Double(largest) / Double(n * m)
    }
  }

  private static func difference(_ column: Steps, _ isFirst: [Bool]) -> Double {
    let counts = Counts(column.count, isFirst) { column.step[$0] }
    return column.isOrdered ? counts.largestGap : counts.totalVariation
  }

  private static func difference(_ left: Steps, _ right: Steps, _ isFirst: [Bool]) -> Double {
    if let x = left.numbers, let y = right.numbers {
      return abs(correlation(x, y, isFirst, of: true) - correlation(x, y, isFirst, of: false))
    }
    return Counts(left.cellCount * right.cellCount, isFirst) {
      left.cell[$0] * right.cellCount + right.cell[$0]
    }.totalVariation
  }

  /// Pearson's correlation over the rows that have both values; 0 where one does not vary.
  private static func correlation(
    _ x: [Double], _ y: [Double], _ isFirst: [Bool], of part: Bool
  ) -> Double {
    var (n, sx, sy, sxx, syy, sxy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for row in x.indices where isFirst[row] == part && !x[row].isNaN && !y[row].isNaN {
      n += 1
      sx += x[row]
      sy += y[row]
      sxx += x[row] * x[row]
      syy += y[row] * y[row]
      sxy += x[row] * y[row]
    }
    guard n > 1 else { return 0 }
    let (vx, vy) = (sxx - sx * sx / n, syy - sy * sy / n)
    guard vx > 1e-12 * sxx, vy > 1e-12 * syy, vx > 0, vy > 0 else { return 0 }
    return min(max((sxy - sx * sy / n) / (vx * vy).squareRoot(), -1), 1)
  }
}
