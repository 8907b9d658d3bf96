import Testing
import Transport

struct NetworkPolicyTests {
    @Test(arguments: [
        ("127.0.0.1", AddressClass.loopback), ("127.255.1.1", .loopback), ("::1", .loopback),
        ("169.254.169.254", .metadata), ("fd00:ec2::254", .metadata), ("100.100.100.200", .metadata),
        ("169.254.1.1", .linkLocal), ("fe80::1", .linkLocal),
        ("10.1.2.3", .privateUse), ("172.16.0.1", .privateUse), ("172.31.255.255", .privateUse),
        ("192.168.0.1", .privateUse), ("100.64.0.1", .privateUse), ("fc00::1", .privateUse), ("fdab::1", .privateUse),
        ("0.0.0.0", .unspecified), ("0.1.2.3", .unspecified), ("::", .unspecified),
        ("224.0.0.1", .multicast), ("ff02::1", .multicast),
        ("255.255.255.255", .reserved), ("192.0.2.1", .reserved), ("2001:db8::1", .reserved),
        ("::ffff:10.0.0.1", .privateUse), ("::ffff:127.0.0.1", .loopback), ("::ffff:169.254.169.254", .metadata),
        ("::127.0.0.1", .loopback), ("64:ff9b::a00:1", .privateUse), ("2002:7f00:1::", .loopback),
        ("172.32.0.1", .global), ("100.128.0.1", .global), ("8.8.8.8", .global), ("2606:4700::1", .global),
        ("::ffff:8.8.8.8", .global),
    ])
    func `Addresses are known for what they are`(text: String, kind: AddressClass) throws {
        let address = try #require(IPAddress(text))
        #expect(address.addressClass == kind)
        #expect((NetworkPolicy().objection(to: address) == nil) == (kind == .global))
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("10.0.0.0/8", "192.168.0.1", false),
        ("127.0.0.0/8", "127.0.0.1", true), ("::1", "::1", true), ("fc00::/7", "fd00::1", true),
        ("0.0.0.0/0", "169.254.169.254", false), ("169.254.0.0/16", "169.254.169.254", false),
        ("169.254.0.0/16", "169.254.1.1", true), ("0.0.0.0/0", "0.0.0.0", false), ("0.0.0.0/0", "224.0.0.1", false),
        ("::/0", "fd00:ec2::254", false),
    ])
    func `An administrator can allow a range, but not the metadata of a cloud`(
        range: String,
        address: String,
        isAllowed: Bool
    ) throws {
        let policy = NetworkPolicy(allow: [try #require(AddressRange(range))])
        #expect((policy.objection(to: try #require(IPAddress(address))) == nil) == isAllowed)
    }

    @Test func `A denied range beats an allowed one and public addresses`() throws {
        let policy = NetworkPolicy(
            allow: [try #require(AddressRange("10.0.0.0/8"))],
            deny: [try #require(AddressRange("10.96.0.0/12")), try #require(AddressRange("8.8.8.0/24"))]
        )
        #expect(policy.objection(to: try #require(IPAddress("10.96.0.1"))) != nil)
        #expect(policy.objection(to: try #require(IPAddress("::ffff:10.96.0.1"))) != nil)
        #expect(policy.objection(to: try #require(IPAddress("8.8.8.8"))) != nil)
        #expect(policy.objection(to: try #require(IPAddress("10.1.0.1"))) == nil)
    }

    @Test func `A policy can be limited to what is allowed`() throws {
        let policy = NetworkPolicy(
            allow: [try #require(AddressRange("10.0.0.0/8")), try #require(AddressRange("8.8.8.0/24"))],
            isLimitedToAllowed: true
        )
        #expect(policy.objection(to: try #require(IPAddress("1.1.1.1"))) != nil)
        #expect(policy.objection(to: try #require(IPAddress("8.8.8.8"))) == nil)
        #expect(policy.objection(to: try #require(IPAddress("10.1.0.1"))) == nil)
    }

    @Test func `An objection says what the address is and who can allow it`() throws {
        let objection = NetworkPolicy().objection(to: try #require(IPAddress("10.1.2.3")))
        #expect(objection == "10.1.2.3 is a private address; only the administrator can allow its range")
    }
}
