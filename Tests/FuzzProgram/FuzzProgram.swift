import Foundation
import FuzzTargets

// The search of script/fuzz, which builds it with libFuzzer; that has the main function, and calls these two.
//
//     fuzz --list                             the targets, one a line
//     FUZZ_TARGET=NAME fuzz --seeds FOLDER    writes the inputs to start from
//     FUZZ_TARGET=NAME fuzz ARGUMENT...       searches, with arguments of libFuzzer
//
// The target is no argument, because libFuzzer starts the program again with its own.

/// What is searched; set before the first input.
nonisolated(unsafe) private var chosen: FuzzTarget?

/// Takes what is no argument of libFuzzer.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<Int32>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> Int32 {
  setlocale(LC_CTYPE, "C.UTF-8")
  let arguments = (1..<max(1, Int(count.pointee))).compactMap {
    words.pointee[$0].map { String(cString: $0) }
  }
  if arguments == ["--list"] {
    for target in FuzzTarget.all { print("\(target.name)\t\(target.summary)") }
    exit(0)
  }
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"]
  chosen = FuzzTarget.all.first { $0.name == name }
  guard let chosen else {
    end("FUZZ_TARGET must be one of \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
  }
  if arguments.count == 2, arguments[0] == "--seeds" { writeSeeds(of: chosen, to: arguments[1]) }
  return 0
}

/// Reads one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  if let promise = chosen?.brokenPromise(input) { fatalError("broken: \(promise)") }
  return 0
}

private func writeSeeds(of target: FuzzTarget, to folder: String) -> Never {
  do {
    for (number, seed) in try target.seeds().enumerated() {
      try Data(seed).write(to: URL(filePath: "\(folder)/seed-\(number)"))
    }
  } catch { end("\(error)") }
  exit(0)
}

private func end(_ message: String) -> Never {
  FileHandle.standardError.write(Data("fuzz: \(message)\n".utf8))
  exit(2)
}
