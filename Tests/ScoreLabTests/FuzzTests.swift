import OutsideText
import ScoreCore
import Testing

@testable import ScoreLab

/// Random damage to valid inputs: whatever comes out is a value or an error of one line.
@Suite struct FuzzTests {
  /// How often each kind of input is damaged; raise it to search for a while.
  private static let rounds = 2000

  private static let pieces: [[UInt8]] =
    [
      "[", "]", "{", "}", ":", ": ", ",", "\n", "\r", "\t", "\"", "'", "#", "&a ", "*a", "? ",
      "- ", "!!float ", "|\n", ">", "%", "@", "---\n", "...", "1e999", "-1", ".nan", "~", "\\",
      "\\x1b", ";", "NA", "<<: *a", "(", ")", "<f8", "True", "99999999999999999999", "0x1p3", " ",
    ].map { Array($0.utf8) } + [
      [0], [0xFF], [0xFE, 0xFF], [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xED, 0xA0, 0x80],
    ]

  private func damaged(_ bytes: [UInt8], using stream: inout RandomStream) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<1 + stream.integer(below: 6) {
      let place = stream.integer(below: bytes.count + 1)
      let end = min(bytes.count, place + stream.integer(below: 12))
      switch stream.integer(below: 5) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: bytes[place..<end], at: stream.integer(below: place + 1))
      case 2 where place < bytes.count: bytes[place] = UInt8(stream.integer(below: 256))
      case 3 where stream.integer(below: 4) == 0: bytes.removeSubrange(place...)
      default:
        bytes.insert(
          contentsOf: Self.pieces[stream.integer(below: Self.pieces.count)], at: place)
      }
    }
    return bytes
  }

  private func expectSafe(_ message: String, _ input: [UInt8]) {
    #expect(
      SafeText.sanitized(message, limit: 2000) == message,
      "\(String(decoding: input, as: UTF8.self).debugDescription)")
  }

  @Test("Damaged YAML gives a valid configuration or one line")
  func yaml() {
    var stream = RandomStream(seed: 21, purpose: .test)
    let mixture = """
      distribution: &a
        kind: test_mixture
        components:
        - {weight: 1, mean: [0, 0]}
        - {weight: 2, mean: [3, 1], covariance: [[1, 0.2], [0.2, 0.5]]}
      # comment
      seed: 5
      """
    for round in 0..<Self.rounds {
      let valid = round % 2 == 0 ? RunConfiguration.random(using: &stream).yaml : mixture
      let input = damaged(Array(valid.utf8), using: &stream)
      let text = String(decoding: input, as: UTF8.self)
      do throws(ConfigurationError) {
        let read = try RunConfiguration.parse(text: text, file: "f", catalog: TestCatalog.all)
        // Optional, so that a written configuration that is refused fails the test.
        let again = try? RunConfiguration.parse(
          text: read.yaml, file: "f", catalog: TestCatalog.all)
        #expect(read == again, "\(text.debugDescription)")
      } catch {
        expectSafe(error.description, input)
      }
    }
  }

  @Test("Damaged CSV gives finite numbers or one line")
  func csv() {
    var stream = RandomStream(seed: 22, purpose: .test)
    let valid = ["x,y,\"a \"\"b\"\"\"\r\n1,2.5,-3e+05\r\n4,\"5\",6\r\n", "1;2\n3;4\n5;6\n\n"]
    for round in 0..<Self.rounds {
      let input = damaged(Array(valid[round % 2].utf8), using: &stream)
      expectTable(input, columns: round % 3 == 0 ? ["2"] : [])
    }
  }

  @Test("Damaged npy gives finite numbers or one line")
  func npy() {
    var stream = RandomStream(seed: 23, purpose: .test)
    let data = NpyFileTests.bytes([1.5, -2, 3, 4].map(\.bitPattern))
    let valid = NpyFileTests.file("<f8", shape: "(2, 2)", data: data)
    for _ in 0..<Self.rounds {
      expectTable(damaged(valid, using: &stream), columns: [])
    }
  }

  private func expectTable(_ input: [UInt8], columns: [String]) {
    do throws(DataFileError) {
      let table = try DataFile.table(
        input, file: "f", columns: columns, limits: DataFile.Limits())
      #expect(table.points.count >= 1 && table.points.values.allSatisfy(\.isFinite))
      for name in table.names { expectSafe(name, input) }
    } catch {
      expectSafe(error.description, input)
    }
  }
}
