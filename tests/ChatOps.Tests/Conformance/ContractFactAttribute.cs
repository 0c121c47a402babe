using Xunit.Abstractions;
using Xunit.Sdk;

namespace ChatOps.Tests.Conformance;

/// <summary>A fact of a contract. In a class whose implementation <see cref="NeedsProgramAttribute">needs a program</see> that is missing it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("ChatOps.Tests.Conformance.ContractFactDiscoverer", "ChatOps.Tests")]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>Made by xunit.</summary>
public sealed class ContractFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        new ContractTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod);
}

/// <inheritdoc/>
public sealed class ContractTestCase : XunitTestCase
{
    [Obsolete("Called by xunit's de-serializer.")]
    public ContractTestCase()
    {
    }

    public ContractTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(messages, display, options, method)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsProgramAttribute)).SingleOrDefault()?.GetNamedArgument<string?>(nameof(FactAttribute.Skip));
}
