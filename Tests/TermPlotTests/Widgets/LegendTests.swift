import Testing

@testable import TermPlot

@Suite struct LegendTests {
  private static let entries = ["a", "bb", "a long name", "ccc"].map {
    Legend.Entry(sample: "──", label: $0, role: .text)
  }

  @Test("Rows hold every entry once, in order, each within the width", arguments: [14, 20, 26, 60])
  func rows(width: Int) {
    let legend = Legend(Self.entries)
    let rows = legend.rows(width: width)
    #expect(rows.flatMap(\.entries) == Self.entries)
    for row in rows { #expect(row.width <= width) }
    // No row could have taken the entry after it.
    for (row, next) in zip(rows, rows.dropFirst()) {
      #expect(Legend(row.entries + [next.entries[0]]).width > width)
    }
  }

  @Test("An entry wider than the row has one of its own")
  func wide() {
    #expect(Legend(Self.entries).rows(width: 6).map(\.entries.count) == [1, 1, 1, 1])
    #expect(Legend([]).rows(width: 6).isEmpty)
  }
}
