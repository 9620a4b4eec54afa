/// Where a unit stands in a sweep: by its run, then by its number.
struct UnitPlace: Hashable, Comparable, Sendable {
  var run: Int
  var unit: Int

  static func < (a: Self, b: Self) -> Bool { (a.run, a.unit) < (b.run, b.unit) }
}

extension UnitPlace {
  private static let run = Array(#""run":"#.utf8)
  private static let unit = Array(#""unit":"#.utf8)

  /// The place of a line of results, read without the rest of it; nil for what is no such line.
  ///
  /// The values of keys, which come later, cannot be taken for it.
  init?(line: ArraySlice<UInt8>) {
    guard let run = Self.number(behind: Self.run, in: line),
      let unit = Self.number(behind: Self.unit, in: line)
    else { return nil }
    self.init(run: run, unit: unit)
  }

  private static func number(behind name: [UInt8], in line: ArraySlice<UInt8>) -> Int? {
    guard line.count > name.count else { return nil }
    let starts = line.startIndex..<(line.endIndex - name.count)
    let place = starts.first { start in
      line[start] == name[0] && line[start..<start + name.count].elementsEqual(name)
    }
    guard let place else { return nil }
    let digits = line[(place + name.count)...].prefix { (0x30...0x39).contains($0) }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
