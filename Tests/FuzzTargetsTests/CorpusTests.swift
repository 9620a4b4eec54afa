import Foundation
import Testing

@testable import FuzzTargets

/// What `script/fuzz` starts from and what it kept.
///
/// Each input reached code that no other did.
/// Inputs are read one after another, for some go through one file.
@Suite(.serialized) struct CorpusTests {
  init() {
    // The keyboard's characters are read in the locale; this process has that of C otherwise.
    setlocale(LC_CTYPE, "C.UTF-8")
  }

  @Test("No input that was ever kept breaks a promise", arguments: FuzzTarget.all.map(\.name))
  @MainActor func promises(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    for input in try target.seeds() + corpus(name) {
      #expect(target.brokenPromise(input) == nil, "\(Data(input).base64EncodedString())")
    }
  }

  @Test("A target's own seeds are read without an error, so that what follows is reached")
  @MainActor func seeds() throws {
    for target in FuzzTarget.all {
      let seeds = try target.seeds()
      #expect(!seeds.isEmpty)
      for seed in seeds { #expect(target.error(seed) == nil, "\(target.name)") }
    }
  }

  @Test("A broken promise is said, and so is an error that is no line")
  func notices() {
    struct Fault: Error, CustomStringConvertible {
      var description: String
    }
    let target = FuzzTarget("t", "", seeds: { [] }) { bytes in
      if bytes == [1] { return "promise" }
      throw Fault(description: String(decoding: bytes, as: UTF8.self))
    }
    #expect(target.brokenPromise([1]) == "promise")
    #expect(target.brokenPromise(Array("a line".utf8)) == nil)
    #expect(target.brokenPromise(Array("two\nlines".utf8)) != nil)
    #expect(target.brokenPromise([]) != nil)
  }

  /// One input a line, in base64.
  private func corpus(_ name: String) throws -> [[UInt8]] {
    guard let file = Bundle.module.url(forResource: "Corpus/\(name)", withExtension: "txt") else {
      return []
    }
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      [UInt8](try #require(Data(base64Encoded: String($0))))
    }
  }
}
