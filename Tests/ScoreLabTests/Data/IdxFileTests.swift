import ScoreCore
import Testing

@testable import ScoreLab

@Suite struct IdxFileTests {
  private func header(_ sizes: [UInt8], type: UInt8 = 8) -> [UInt8] {
    [0, 0, type, UInt8(sizes.count)] + sizes.flatMap { [0, 0, 0, $0] }
  }

  private func read(
    _ bytes: [UInt8], columns: [String] = [], limits: DataFile.Limits = DataFile.Limits()
  ) throws -> DataTable {
    try DataFile.table(bytes, file: "a.idx", columns: columns, limits: limits)
  }

  @Test("Images become rows of pixels, called by row and column")
  func imagesBecomeRows() throws {
    let table = try read(header([2, 2, 3]) + [1, 2, 3, 4, 5, 6, 0, 255, 7, 8, 9, 10])
    #expect(table.names == ["r0c0", "r0c1", "r0c2", "r1c0", "r1c1", "r1c2"])
    #expect(table.points == Points(rows: [[1, 2, 3, 4, 5, 6], [0, 255, 7, 8, 9, 10]]))
    let some = try read(header([2, 1, 3]) + [1, 2, 3, 4, 5, 6], columns: ["r0c2", "1"])
    #expect(some.points == Points(rows: [[3, 1], [6, 4]]))
  }

  @Test("Labels become one column")
  func labels() throws {
    let table = try read(header([3]) + [7, 0, 9])
    #expect(table.names == ["c1"] && table.points.values == [7, 0, 9])
  }

  @Test("A file that does not fit its header is refused with one clear line")
  func badFiles() {
    func message(_ bytes: [UInt8], limits: DataFile.Limits = DataFile.Limits()) -> String {
      let error = #expect(throws: DataFileError.self) { _ = try read(bytes, limits: limits) }
      let text = error?.description ?? ""
      #expect(text.hasPrefix("a.idx: ") && !text.contains("\n"))
      return text
    }
    #expect(message(header([2, 2, 2]) + [1, 2, 3]).contains("cut off: 3 bytes"))
    #expect(message(header([2, 2, 2]) + Array(1...9)).contains("too long: 9 bytes"))
    #expect(message(Array(header([2, 2, 2]).prefix(9))).contains("cut off in its header"))
    #expect(message(header([0, 2, 2])).contains("empty IDX array, 0 x 2 x 2"))
    #expect(message(header([1], type: 0x0D) + [0, 0, 0, 0]).contains("unsigned bytes"))
    #expect(message(header([1, 1, 1, 1]) + [0]).contains("expected 1 to 3"))
    let huge: [UInt8] = [0, 0, 8, 3] + Array(repeating: 255, count: 12)
    #expect(message(huge).contains("more than"))
    var limits = DataFile.Limits()
    limits.cells = 5
    #expect(message(header([2, 1, 3]) + Array(1...6), limits: limits).contains("5 cells"))
    #expect(message([0x1F, 0x8B, 8]).contains("gunzip"))
  }

  @Test("Any beginning of a file is refused, and none is a crash")
  func everyPrefixIsRefused() {
    let whole = header([2, 2, 2]) + Array(1...8)
    for length in 1..<whole.count {
      #expect(throws: DataFileError.self) { _ = try read(Array(whole.prefix(length))) }
    }
  }
}
