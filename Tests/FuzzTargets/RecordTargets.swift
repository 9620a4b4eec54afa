import ScoreLab
import ScoreSweeps

extension FuzzTarget {
  static let records: [FuzzTarget] = [
    FuzzTarget(
      "checkpoint", "safetensors of the state of a run", seeds: { [try checkpoint()] },
      reader: { bytes in
        let file = try SafetensorsFile(bytes, file: "f")
        guard let checkpoint = Checkpoint(file) else { return nil }
        return Checkpoint(checkpoint.file) == nil ? "a state reads back from its own file" : nil
      }),
    FuzzTarget(
      "row", "a line of a sweep's results",
      seeds: {
        [
          Array(
            #"{"key":"a-1","point":0,"run":3,"seed":7,"unit":1,"values":{"delta":0.1,"w":"x"},"#
              .utf8)
            + Array(#""record":{"step":10,"loss":"nan"}}"#.utf8)
        ]
      },
      reader: { bytes in
        guard let (_, record) = SweepRow.split(bytes[...]) else { return nil }
        return record.last == 0x0A ? nil : "a record is a line"
      }),
    FuzzTarget(
      "sealed", "a text with its checksum",
      seeds: { [CheckedText.sealed(Array("a\n".utf8), name: "n")] },
      reader: { bytes in
        guard let body = CheckedText.body(of: bytes, name: "n") else { return nil }
        return CheckedText.sealed(body, name: "n") == bytes ? nil : "a text has one seal"
      }),
  ]

  private static func checkpoint() throws -> [UInt8] {
    let configuration = try RunConfiguration().setting(["network.hidden=[2]"])
    var session = try Session(configuration: configuration, dataSource: DataFile())
    for _ in 0..<3 { _ = session.trainStep() }
    return session.checkpoint.file.bytes
  }
}
