import CommandLineTool
import Testing

@Suite struct UnknownNameTests {
  @Test("A mistyped name is answered with the one that was meant, any other with all there are")
  func names() {
    let names = ["hard_pair", "relu_erm"]
    #expect(
      UnknownName.message("hardpair", for: "experiment", among: names)
        == "no experiment is called \"hardpair\", did you mean hard_pair? There are hard_pair, relu_erm."
    )
    #expect(
      UnknownName.message("other", for: "experiment", among: names)
        == "no experiment is called \"other\"; there are hard_pair, relu_erm.")
  }

  @Test("A first argument that is nearly a command is one, unless it is a file")
  func commands() {
    let commands = ["train", "list"]
    #expect(
      UnknownName.command(in: ["tran", "my.yaml"], among: commands)
        == "no command or file is called \"tran\", did you mean train?")
    for arguments in [[], ["train"], ["my.yaml"], ["--trai"], ["/tmp"], ["tr"]] {
      #expect(UnknownName.command(in: arguments, among: commands) == nil, "\(arguments)")
    }
    #expect(
      UnknownName.command(in: ["help", "tarin"], among: commands)
        == "no command is called \"tarin\", did you mean train? There are train, list.")
    for arguments in [["help"], ["help", "list"], ["help", "--version"]] {
      #expect(UnknownName.command(in: arguments, among: commands) == nil, "\(arguments)")
    }
    // A folder of this name is there.
    #expect(UnknownName.command(in: ["/usr"], among: ["/ust"]) == nil)
  }

  @Test("Every part of the list has its name, and a mistyped one its suggestion")
  func topics() throws {
    for name in Listing.Topic.names { #expect(try Listing.Topic(named: name).rawValue == name) }
    #expect {
      try Listing.Topic(named: "sampler")
    } throws: {
      ($0 as? Failure.Usage)?.message.hasPrefix(
        "no list is called \"sampler\", did you mean samplers?")
        == true
    }
  }
}
