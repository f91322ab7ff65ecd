"""What a process without credentials is lent to open an address."""

from sellerhealth.sources.remote.local import borrowed


def test_the_way_through_a_proxy_is_lent_with_the_credentials(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("OTHER_TOKEN", "secret")
    lent = borrowed("s3://bucket/data")
    assert lent["https_proxy"] == "http://127.0.0.1:9"
    assert lent["AWS_REGION"] == "us-east-1"
    assert "OTHER_TOKEN" not in lent


def test_a_folder_of_this_machine_needs_nothing(monkeypatch):
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    assert borrowed("data") == {}
