import FoundationEssentials
import TestSupport
import Testing

@testable import ScoreLab

@Suite struct SeriesFileTests {
  private func written(_ name: String) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    try folder.write("old contents that are longer than what comes now, by far\n", to: name)
    let file = try SeriesFile("\(folder.path)/\(name)", seconds: 1000.5)
    try file.append(step: 0, [.init("loss", 1.5), .init("l2/0.1", .nan)], seconds: 1000.5)
    try file.append(step: 300, [.init("loss", 0.75), .init("l2/0.1", -1e-3)], seconds: 1001.25)
    #expect(folder.contents == [name])
    return try folder.read(name)
  }

  @Test("A table has a line of names and a line a step, with unknown numbers empty")
  func csv() throws {
    #expect(
      String(decoding: try written("a.csv"), as: UTF8.self)
        == "step,loss,l2/0.1\n0,1.5,\n300,0.75,-0.001\n")
  }

  @Test("JSON lines are an object a step, with unknown numbers null")
  func jsonLines() throws {
    let lines = try written("a.jsonl").split(separator: 0x0A)
    #expect(lines.count == 2)
    for (line, expected) in zip(
      lines, [["step": 0, "loss": 1.5], ["step": 300, "loss": 0.75, "l2/0.1": -0.001]])
    {
      let read = try JSONDecoder().decode([String: Double?].self, from: Data(line))
      #expect(read.count == 3 && read.compactMapValues { $0 } == expected)
    }
  }

  // By tensorboard 2.21.0: RecordWriter with the serialized messages of event_pb2, of step 0 with
  // loss 1.5 and of step 300 with loss 0.75 and l2/0.1 -0.001.
  @Test("Events are to the byte those of TensorBoard's own writer")
  func events() throws {
    let reference = """
      GAAAAAAAAACjf0siCQAAAAAARI9AGg1icmFpbi5FdmVudDoyq6MzRRgAAAAAAAAAo39LIgkAAAAAAESPQCoNCgsK\
      BGxvc3MVAADAP7AIKsQqAAAAAAAAAK6NkfUJAAAAAABKj0AQrAIqHAoLCgRsb3NzFQAAQD8KDQoGbDIvMC4xFW8S\
      g7p/Y5Dc
      """
    #expect(Data(try written("a.tfevents")).base64EncodedString() == reference)
  }

  // RFC 3720, appendix B.4, and the check value of every list of them.
  @Test(
    "CRC-32C gives the published values",
    arguments: [
      (Array("123456789".utf8), 0xE306_9283), (Array(repeating: 0, count: 32), 0x8A91_36AA),
      (Array(repeating: 0xFF, count: 32), 0x62A8_AB43), (Array(0..<32), 0x46DD_794E),
    ] as [([UInt8], UInt32)])
  func castagnoli(bytes: [UInt8], expected: UInt32) {
    #expect(CyclicCheck.castagnoli.sum(of: bytes) == expected)
  }

  @Test("The ending of a name decides the format, and another is none")
  func formats() {
    #expect(SeriesFile.Format(file: "x/a.CSV") == .csv)
    #expect(SeriesFile.Format(file: "run.tfevents") == .events)
    #expect(SeriesFile.Format(file: "run.json") == nil)
  }

  @Test("What cannot be a file is refused")
  func refused() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FileError.self) { try SeriesFile("\(folder.path)/no/a.csv", seconds: 0) }
  }
}
