import Testing

@testable import TermPlot

@Suite struct LabelPlacementTests {
  @Test("No label covers another or leaves the row, and each touches its column")
  func apart() {
    var random = TestRandom(seed: 2)
    for width in [0, 1, 10, 40, 120] {
      for rows in 0...3 {
        let labels = (0..<8).map { _ in
          (column: Int(random.uniform() * Double(width)), width: 1 + Int(random.uniform() * 12))
        }
        let places = LabelPlacement.place(labels, width: width, rows: rows)
        var taken: Set<[Int]> = []
        for (label, place) in zip(labels, places) {
          guard let place else { continue }
          #expect((0..<rows).contains(place.row))
          #expect(place.start >= 0 && place.start + label.width <= width)
          let end = place.start + label.width - 1
          #expect(label.column == (place.isReversed ? end : place.start))
          for x in place.start...end {
            #expect(taken.insert([x, place.row]).inserted)
          }
        }
      }
    }
  }

  @Test("The label that goes first has its place, whatever stands before it")
  func first() {
    let labels = [(column: 0, width: 6), (2, 6), (4, 6)]
    #expect(
      LabelPlacement.place(labels, width: 10, rows: 1).map { $0 != nil } == [true, false, false])
    for first in labels.indices {
      let places = LabelPlacement.place(labels, width: 10, rows: 1, first: first)
      #expect(places.indices.filter { places[$0] != nil } == [first])
    }
  }

  @Test("Labels with room all get a place")
  func roomIsUsed() {
    let places = LabelPlacement.place([(0, 4), (2, 4), (9, 4)], width: 10, rows: 2)
    #expect(
      places == [
        .init(row: 1, start: 0, isReversed: false), .init(row: 0, start: 2, isReversed: false),
        .init(row: 1, start: 6, isReversed: true),
      ])
  }

  @Test("No label goes where other text takes columns of its row")
  func leavesRoom() {
    let labels = [(column: 0, width: 6), (column: 5, width: 3)]
    for taken in [0..<4, 4..<10, 0..<10] {
      let places = LabelPlacement.place(labels, width: 10, rows: 2, taken: [taken])
      for (place, label) in zip(places, labels) {
        guard let place, place.row == 0 else { continue }
        #expect(!taken.overlaps((place.start - 1)..<(place.start + label.width + 1)))
      }
      #expect(places.contains { $0?.row == 1 })
    }
  }
}
