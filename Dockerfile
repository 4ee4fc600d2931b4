# The IDE's page, from npm's packages.
FROM node:22-slim AS ide
WORKDIR /src/hub/ide
COPY hub/ide/package.json hub/ide/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY hub/ide ./
RUN npm run build

# The environment, from wheels whose hashes are in the repository.
FROM python:3.13-slim AS build
RUN python -m venv /opt/hub
WORKDIR /src
COPY requirements.txt ./
RUN /opt/hub/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt
COPY pyproject.toml ./
COPY admin admin
COPY migrations migrations
COPY schema schema
COPY seeds seeds
COPY hub hub
COPY --from=ide /src/hub/static/ide hub/static/ide
RUN /opt/hub/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

# What runs. `hub migrate` and `hub seed` are commands of the same image, never run by themselves.
FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home hub && install --directory --owner=hub /data
COPY --from=build /opt/hub /opt/hub
ENV PATH=/opt/hub/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HUB_HOST=0.0.0.0 \
    HUB_PORT=8000 \
    HUB_LOG_FORMAT=json
# Without HUB_DATABASE_URL the database is a SQLite file here.
WORKDIR /data
VOLUME /data
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['HUB_PORT'] + '/healthz', timeout=2)"]
CMD ["hub", "serve"]
